/// The books: what entered, what became of it, and how to check both.
@NullMarked
package dev.entrepot.ledger;

import org.jspecify.annotations.NullMarked;
