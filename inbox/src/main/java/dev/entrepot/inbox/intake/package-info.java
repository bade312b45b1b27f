/// The way in: deliveries are verified, identified and kept, and it is counted what became of them.
@NullMarked
package dev.entrepot.inbox.intake;

import org.jspecify.annotations.NullMarked;
