/// What is done with events that are due: the interface of handlers. Implementations are packages
/// of their own beside this one.
@NullMarked
package dev.entrepot.inbox.handling;

import org.jspecify.annotations.NullMarked;
