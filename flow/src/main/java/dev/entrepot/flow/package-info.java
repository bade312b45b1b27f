/// Mapping, rules, compare, plan, runs, schedules, retries.
@NullMarked
package dev.entrepot.flow;

import org.jspecify.annotations.NullMarked;
