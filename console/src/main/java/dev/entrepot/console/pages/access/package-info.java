/// Accounts and API keys of others.
@NullMarked
package dev.entrepot.console.pages.access;

import org.jspecify.annotations.NullMarked;
