/// The program as a whole: assembled, started, found by commands, stopped.
@NullMarked
package dev.entrepot.app.serve;

import org.jspecify.annotations.NullMarked;
