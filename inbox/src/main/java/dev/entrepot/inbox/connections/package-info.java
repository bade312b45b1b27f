/// Connections: by which senders' events come, how they are configured, and their secrets.
@NullMarked
package dev.entrepot.inbox.connections;

import org.jspecify.annotations.NullMarked;
