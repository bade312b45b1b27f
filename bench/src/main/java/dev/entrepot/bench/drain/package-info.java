/// How fast events that are on disk already are handed on, each with an upsert of the state it
/// tells, beside job schedulers that people use for it.
@NullMarked
package dev.entrepot.bench.drain;

import org.jspecify.annotations.NullMarked;
