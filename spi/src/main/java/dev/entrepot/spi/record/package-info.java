/// Records on their way from one system to another: names and values, as each side has them.
@NullMarked
package dev.entrepot.spi.record;

import org.jspecify.annotations.NullMarked;
