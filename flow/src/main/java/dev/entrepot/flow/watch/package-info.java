/// Watches runs: alerts and figures.
@NullMarked
package dev.entrepot.flow.watch;

import org.jspecify.annotations.NullMarked;
