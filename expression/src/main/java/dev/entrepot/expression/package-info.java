/// Expressions people write over records, in CEL: bounded, checked before use, explained when they
/// are wrong.
@NullMarked
package dev.entrepot.expression;

import org.jspecify.annotations.NullMarked;
