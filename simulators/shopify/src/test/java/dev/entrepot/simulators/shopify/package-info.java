@NullMarked
package dev.entrepot.simulators.shopify;

import org.jspecify.annotations.NullMarked;
