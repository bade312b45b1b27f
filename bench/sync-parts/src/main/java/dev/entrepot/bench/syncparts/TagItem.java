package dev.entrepot.bench.syncparts;

/// A tag that a product is to have.
public record TagItem(String key, String tag) {}
