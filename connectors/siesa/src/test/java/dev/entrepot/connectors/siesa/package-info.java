@NullMarked
package dev.entrepot.connectors.siesa;

import org.jspecify.annotations.NullMarked;
