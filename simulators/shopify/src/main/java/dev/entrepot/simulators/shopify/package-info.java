/// Shops that live, and Shopify telling of it by webhooks, as its documentation says.
@NullMarked
package dev.entrepot.simulators.shopify;

import org.jspecify.annotations.NullMarked;
