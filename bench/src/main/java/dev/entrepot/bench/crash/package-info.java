/// Killing the program and its database at random moments, and comparing what is left with what
/// should be.
@NullMarked
package dev.entrepot.bench.crash;

import org.jspecify.annotations.NullMarked;
