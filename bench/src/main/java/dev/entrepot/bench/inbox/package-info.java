/// How many signed events a second are kept on disk before they are acknowledged, beside the
/// receivers that people write.
@NullMarked
package dev.entrepot.bench.inbox;

import org.jspecify.annotations.NullMarked;
