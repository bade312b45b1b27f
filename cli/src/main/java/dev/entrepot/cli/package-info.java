/// The command line: every command speaks the HTTP API, to a server that runs or to one started for
/// it.
@NullMarked
package dev.entrepot.cli;

import org.jspecify.annotations.NullMarked;
