/// Operators' rules, tried on past files.
@NullMarked
package dev.entrepot.console.pages.rules;

import org.jspecify.annotations.NullMarked;
