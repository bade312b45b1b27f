package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// Where a page of a longer list stands. Lists are paged by cursor, so there are no page numbers.
///
/// @param summary what is shown, for example `50 of 1,204 uploads`
/// @param first the first page, or null when this is it
/// @param next the next page, or null when this is the last
public record Paging(String summary, @Nullable String first, @Nullable String next) {}
