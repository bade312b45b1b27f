/// Webhooks of senders that no connector knows: by [Standard
/// Webhooks](https://www.standardwebhooks.com), or signed with a plain HMAC. Settings say where in
/// a delivery what stands.
@NullMarked
package dev.entrepot.connectors.webhook;

import org.jspecify.annotations.NullMarked;
