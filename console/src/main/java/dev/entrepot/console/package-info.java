/// The HTTP side of Entrepot: API and web pages in one server.
@NullMarked
package dev.entrepot.console;

import org.jspecify.annotations.NullMarked;
