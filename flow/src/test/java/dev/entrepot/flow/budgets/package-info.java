@NullMarked
package dev.entrepot.flow.budgets;

import org.jspecify.annotations.NullMarked;
