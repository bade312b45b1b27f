/// Exchange rates.
@NullMarked
package dev.entrepot.console.pages.rates;

import org.jspecify.annotations.NullMarked;
