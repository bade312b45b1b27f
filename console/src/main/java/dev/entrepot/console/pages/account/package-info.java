/// One's own account.
@NullMarked
package dev.entrepot.console.pages.account;

import org.jspecify.annotations.NullMarked;
