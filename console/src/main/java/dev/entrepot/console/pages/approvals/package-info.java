/// Rows that wait for an operator.
@NullMarked
package dev.entrepot.console.pages.approvals;

import org.jspecify.annotations.NullMarked;
