/// Clients, their flows, runs, mappings and workspace.
@NullMarked
package dev.entrepot.console.pages.flows;

import org.jspecify.annotations.NullMarked;
