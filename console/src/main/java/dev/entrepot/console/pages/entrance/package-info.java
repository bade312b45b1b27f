/// Signing in and out.
@NullMarked
package dev.entrepot.console.pages.entrance;

import org.jspecify.annotations.NullMarked;
