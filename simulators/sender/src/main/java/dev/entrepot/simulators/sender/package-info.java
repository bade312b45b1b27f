/// Sends webhooks as senders do: signed, late, twice, in disorder, and again when nobody answers.
/// Knows nothing of the program it sends to, and signs by its own means.
@NullMarked
package dev.entrepot.simulators.sender;

import org.jspecify.annotations.NullMarked;
