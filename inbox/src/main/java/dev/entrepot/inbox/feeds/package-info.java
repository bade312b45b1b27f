/// Events that wait somewhere until they are fetched, such as in a queue: fetched, kept by the
/// intake, and only then deleted there.
@NullMarked
package dev.entrepot.inbox.feeds;

import org.jspecify.annotations.NullMarked;
