@NullMarked
package dev.entrepot.flow.runs;

import org.jspecify.annotations.NullMarked;
