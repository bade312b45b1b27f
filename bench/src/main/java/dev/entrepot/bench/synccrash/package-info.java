/// Runs of a flow that are interrupted by killing the program and its database, again and again.
@NullMarked
package dev.entrepot.bench.synccrash;

import org.jspecify.annotations.NullMarked;
