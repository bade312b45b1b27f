/// The books: traces, audits, activities.
@NullMarked
package dev.entrepot.console.pages.ledger;

import org.jspecify.annotations.NullMarked;
