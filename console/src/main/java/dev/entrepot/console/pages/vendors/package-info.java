/// Vendors, with everything that is set for them.
@NullMarked
package dev.entrepot.console.pages.vendors;

import org.jspecify.annotations.NullMarked;
