/// Expressions over records (CEL), checked before they run.
@NullMarked
package dev.entrepot.expression;

import org.jspecify.annotations.NullMarked;
