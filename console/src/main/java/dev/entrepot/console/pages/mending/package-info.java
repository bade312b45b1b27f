/// Rejected rows: mended in place, sent again, given up.
@NullMarked
package dev.entrepot.console.pages.mending;

import org.jspecify.annotations.NullMarked;
