/// What people configure: reading it with all that is wrong told at once.
@NullMarked
package dev.entrepot.flow.config;

import org.jspecify.annotations.NullMarked;
