/// Uploads: sending files, watching them, their verdict.
@NullMarked
package dev.entrepot.console.pages.uploads;

import org.jspecify.annotations.NullMarked;
