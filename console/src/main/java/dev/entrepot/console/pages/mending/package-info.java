/// Rejected rows: mended in place, sent again, dismissed.
@NullMarked
package dev.entrepot.console.pages.mending;

import org.jspecify.annotations.NullMarked;
