/// What a person or a script sees: text, tables, progress, exit codes.
@NullMarked
package dev.entrepot.cli.terminal;

import org.jspecify.annotations.NullMarked;
