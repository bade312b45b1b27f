/// What all commands share: global options, the terminal, a way to the server.
@NullMarked
package dev.entrepot.cli.session;

import org.jspecify.annotations.NullMarked;
