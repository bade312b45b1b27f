/// The catalogue: products, their history, categories, exchange rates.
@NullMarked
package dev.entrepot.onboarding.catalogue;

import org.jspecify.annotations.NullMarked;
