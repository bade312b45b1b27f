package dev.entrepot.flow.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mapping as people write it, in the given JSON form or in ours.
///
/// @param version the author's own, not our revision
/// @param productType the kind of destination it is for
/// @param dates how the source writes dates; null: ISO 8601
/// @param locations how the source writes places in the warehouse; null: as they are sent
public record MappingDocument(
    String version,
    String productType,
    List<FieldRule> fields,
    @Nullable DateFormat dates,
    @Nullable LocationFormat locations,
    List<CheckRule> checks) {
  public MappingDocument {
    fields = List.copyOf(fields);
    checks = List.copyOf(checks);
  }
}
