/// The address that other systems send their events to.
@NullMarked
package dev.entrepot.console.hooks;

import org.jspecify.annotations.NullMarked;
