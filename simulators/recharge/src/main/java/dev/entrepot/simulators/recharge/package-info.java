/// Subscriptions that live, and Recharge telling of it by webhooks, as its documentation says.
@NullMarked
package dev.entrepot.simulators.recharge;

import org.jspecify.annotations.NullMarked;
