/// Systems that records are read from.
@NullMarked
package dev.entrepot.spi.source;

import org.jspecify.annotations.NullMarked;
