/// The inbox's pages: events, what went wrong with them, held keys, connections, charts.
@NullMarked
package dev.entrepot.console.pages.inbox;

import org.jspecify.annotations.NullMarked;
