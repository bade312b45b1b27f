/// Products of the catalogue and their history.
@NullMarked
package dev.entrepot.console.pages.products;

import org.jspecify.annotations.NullMarked;
