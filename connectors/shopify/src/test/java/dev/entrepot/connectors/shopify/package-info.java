@NullMarked
package dev.entrepot.connectors.shopify;

import org.jspecify.annotations.NullMarked;
