@NullMarked
package dev.entrepot.connectors.stripe;

import org.jspecify.annotations.NullMarked;
