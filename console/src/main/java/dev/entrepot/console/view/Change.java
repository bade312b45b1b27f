package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// A field that has, or would have, another value.
///
/// @param before the value until then, null when there was none
/// @param after the value from then on, null when there is none
public record Change(String field, @Nullable String before, @Nullable String after) {}
