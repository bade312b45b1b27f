/// Links that open one thing without signing in.
@NullMarked
package dev.entrepot.console.link;

import org.jspecify.annotations.NullMarked;
