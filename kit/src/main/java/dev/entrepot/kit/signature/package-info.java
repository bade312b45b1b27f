/// Signatures of deliveries: made and compared in constant time, over raw bytes.
@NullMarked
package dev.entrepot.kit.signature;

import org.jspecify.annotations.NullMarked;
