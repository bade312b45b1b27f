/// Server-sent events: what happens, told while it happens.
@NullMarked
package dev.entrepot.console.live;

import org.jspecify.annotations.NullMarked;
