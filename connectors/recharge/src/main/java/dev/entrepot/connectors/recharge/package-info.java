/// Webhooks of Recharge. The facts of the protocol are those of [Recharge's
/// documentation](https://developer.rechargepayments.com/2021-11/webhooks_endpoints).
@NullMarked
package dev.entrepot.connectors.recharge;

import org.jspecify.annotations.NullMarked;
