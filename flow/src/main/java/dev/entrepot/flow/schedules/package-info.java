/// When runs begin by themselves.
@NullMarked
package dev.entrepot.flow.schedules;

import org.jspecify.annotations.NullMarked;
