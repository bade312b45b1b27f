/// Systems that records are written to.
@NullMarked
package dev.entrepot.spi.destination;

import org.jspecify.annotations.NullMarked;
