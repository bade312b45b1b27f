package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Field;
import org.jspecify.annotations.Nullable;

/// One failed rule of a row.
///
/// @param code a [RuleCode] or, for an operator's rule, its name in upper snake case
/// @param field the field at fault; null when it is the row as a whole
/// @param message names the value and what would be right
/// @param value the text that failed; null when there was none
/// @param suggestion a value that would pass, when one can be guessed
public record Problem(
    String code,
    @Nullable Field field,
    String message,
    @Nullable String value,
    @Nullable String suggestion) {}
