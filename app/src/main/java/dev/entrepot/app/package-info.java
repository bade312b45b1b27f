/// The only place that wires: the program's beginning, its settings, its parts put together.
@NullMarked
package dev.entrepot.app;

import org.jspecify.annotations.NullMarked;
