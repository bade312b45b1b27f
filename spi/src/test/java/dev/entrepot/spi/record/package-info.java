@NullMarked
package dev.entrepot.spi.record;

import org.jspecify.annotations.NullMarked;
