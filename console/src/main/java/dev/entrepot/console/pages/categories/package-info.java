/// Categories of the catalogue.
@NullMarked
package dev.entrepot.console.pages.categories;

import org.jspecify.annotations.NullMarked;
