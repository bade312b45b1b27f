/// Requests that may be sent twice and act once.
@NullMarked
package dev.entrepot.console.idempotency;

import org.jspecify.annotations.NullMarked;
