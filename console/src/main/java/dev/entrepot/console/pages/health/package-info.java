/// Whether the program is well.
@NullMarked
package dev.entrepot.console.pages.health;

import org.jspecify.annotations.NullMarked;
