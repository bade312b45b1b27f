/// Commands about categories, exchange rates and products.
@NullMarked
package dev.entrepot.cli.catalogue;

import org.jspecify.annotations.NullMarked;
