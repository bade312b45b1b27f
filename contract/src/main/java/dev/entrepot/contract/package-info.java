/// The tests that everything which implements the SPI passes.
@NullMarked
package dev.entrepot.contract;

import org.jspecify.annotations.NullMarked;
