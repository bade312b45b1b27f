/// How many calls may be made to an account of a system, shared by all nodes.
@NullMarked
package dev.entrepot.flow.budgets;

import org.jspecify.annotations.NullMarked;
