@NullMarked
package dev.entrepot.flow;

import org.jspecify.annotations.NullMarked;
