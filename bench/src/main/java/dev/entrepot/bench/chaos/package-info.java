/// Signed events to a cluster that is killed again and again: none may be lost, applied twice or
/// out of order.
@NullMarked
package dev.entrepot.bench.chaos;

import org.jspecify.annotations.NullMarked;
