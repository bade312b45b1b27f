/// The HTTP API from the caller's side, and the way to the server that answers it.
@NullMarked
package dev.entrepot.cli.api;

import org.jspecify.annotations.NullMarked;
