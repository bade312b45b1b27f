@NullMarked
package dev.entrepot.flow.watch;

import org.jspecify.annotations.NullMarked;
