/// Writes products and RFID tags to Kong.
@NullMarked
package dev.entrepot.connectors.kong;

import org.jspecify.annotations.NullMarked;
