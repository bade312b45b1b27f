/// Events that wait somewhere until they are fetched, such as in a queue. A feed knows where they
/// wait and how they are fetched, nothing of what is in them, and nothing of the inbox.
@NullMarked
package dev.entrepot.spi.feed;

import org.jspecify.annotations.NullMarked;
