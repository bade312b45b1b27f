/// Commands of flows: clients, their secrets and mappings, runs, plans, the workspace.
@NullMarked
package dev.entrepot.cli.flows;

import org.jspecify.annotations.NullMarked;
