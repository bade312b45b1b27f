package dev.entrepot.flow.mapping;

import org.jspecify.annotations.Nullable;

/// What is wrong with a record.
///
/// @param field the canonical field
/// @param code for counting and filtering, in upper case
/// @param message names the field, the value and what is expected
/// @param value as the source has it, cut when it is long; null: there is none
public record Problem(String field, String code, String message, @Nullable String value) {}
