/// Expressions people write, in CEL: bounded, checked before use, explained when they are wrong.
@NullMarked
package dev.entrepot.onboarding.expression;

import org.jspecify.annotations.NullMarked;
