/// Webhooks of Stripe. The facts of the protocol are those of [Stripe's
/// documentation](https://docs.stripe.com/webhooks).
@NullMarked
package dev.entrepot.connectors.stripe;

import org.jspecify.annotations.NullMarked;
