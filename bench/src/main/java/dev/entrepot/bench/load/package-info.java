/// Loading one file into one table in several ways, side by side.
@NullMarked
package dev.entrepot.bench.load;

import org.jspecify.annotations.NullMarked;
