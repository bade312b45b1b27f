/// Webhooks of Shopify. The facts of the protocol are those of [Shopify's
/// documentation](https://shopify.dev/docs/apps/build/webhooks).
@NullMarked
package dev.entrepot.connectors.shopify;

import org.jspecify.annotations.NullMarked;
