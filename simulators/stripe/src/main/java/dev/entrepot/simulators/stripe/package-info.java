/// Payments that are made, fail and are disputed, and Stripe telling of it by webhooks.
@NullMarked
package dev.entrepot.simulators.stripe;

import org.jspecify.annotations.NullMarked;
