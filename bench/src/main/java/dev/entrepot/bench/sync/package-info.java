/// Products from Siesa to Kong, beside the same flow in two frameworks: under the limits, and with
/// the limits lifted.
@NullMarked
package dev.entrepot.bench.sync;

import org.jspecify.annotations.NullMarked;
