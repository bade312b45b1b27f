/// Mappings of vendors' columns, with a preview on a file's own first rows.
@NullMarked
package dev.entrepot.console.pages.mappings;

import org.jspecify.annotations.NullMarked;
