/// How senders' texts become external ids, keys, look-ups and times.
@NullMarked
package dev.entrepot.kit.naming;

import org.jspecify.annotations.NullMarked;
