/// The checks a row must pass, built in and written by operators.
@NullMarked
package dev.entrepot.onboarding.rules;

import org.jspecify.annotations.NullMarked;
