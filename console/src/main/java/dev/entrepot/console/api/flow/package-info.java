/// The API of flows: clients, their secrets and mappings, runs, the workspace, figures.
@NullMarked
package dev.entrepot.console.api.flow;

import org.jspecify.annotations.NullMarked;
