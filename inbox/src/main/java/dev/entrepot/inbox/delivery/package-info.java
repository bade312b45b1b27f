/// Events passed on to other systems by webhooks: destinations, the outbox that a handler writes,
/// and the sender that posts it.
@NullMarked
package dev.entrepot.inbox.delivery;

import org.jspecify.annotations.NullMarked;
