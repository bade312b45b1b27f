package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;

/// What a mapping makes of one record, and why.
///
/// @param fields in the mapping's order
public record MappingPreview(Fields source, MappedRecord result, List<FieldStory> fields) {
  public MappingPreview {
    fields = List.copyOf(fields);
  }

  public static MappingPreview of(CompiledMapping mapping, Fields source) {
    List<FieldStory> stories = new ArrayList<>();
    MappedRecord result = mapping.map(source, stories);
    return new MappingPreview(source, result, stories);
  }
}
