/// The inbox: events of other systems, kept durably, once, and handed on in order per key. This
/// package is its face; features are in the packages below.
@NullMarked
package dev.entrepot.inbox;

import org.jspecify.annotations.NullMarked;
