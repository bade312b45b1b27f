package dev.entrepot.onboarding.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A category of the catalogue. Suppliers may write its code or its name, in any case.
///
/// @param code lower case letters, digits and hyphens; never changes
/// @param parent code of the category above
/// @param products how many products are in it
public record Category(
    String code,
    String name,
    @Nullable String parent,
    boolean active,
    long products,
    Instant updatedAt) {}
