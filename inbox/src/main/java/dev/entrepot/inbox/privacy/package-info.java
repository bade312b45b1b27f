/// Requests under privacy law that senders pass on: recorded as they come, carried out everywhere
/// data is kept, and the carrying out recorded.
@NullMarked
package dev.entrepot.inbox.privacy;

import org.jspecify.annotations.NullMarked;
