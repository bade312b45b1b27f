/// Reads products from Siesa, in both dialects.
@NullMarked
package dev.entrepot.connectors.siesa;

import org.jspecify.annotations.NullMarked;
