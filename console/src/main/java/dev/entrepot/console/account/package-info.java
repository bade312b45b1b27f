/// Local accounts, their passwords and the lock-out.
@NullMarked
package dev.entrepot.console.account;

import org.jspecify.annotations.NullMarked;
