package dev.entrepot.flow.mapping;

import dev.entrepot.flow.config.NearestName;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How well a mapping fits records that were seen.
///
/// @param records how many were looked at
/// @param rejected how many of them the mapping rejects
/// @param unread fields of the source that have values and are not read, with the number of records
///   in which they have one; known ones without values with zero
/// @param absent fields that it reads, that no record has and the source is not known to have
/// @param unfilled fields of the destination that nothing goes to
/// @param fields the mapping's, in its order
public record MappingCoverage(
    int records,
    int rejected,
    Map<String, Integer> unread,
    List<Absent> absent,
    List<FieldSpec> unfilled,
    List<FieldCoverage> fields) {

  /// One field over all records.
  ///
  /// @param filled in how many records it has a value
  /// @param failed in how many records something is wrong with it
  /// @param codes how often each thing was wrong
  public record FieldCoverage(
      String canonical, int filled, int failed, Map<String, Integer> codes) {
    public FieldCoverage {
      codes = Map.copyOf(codes);
    }
  }

  /// A field that is read and that nothing has.
  ///
  /// @param nearest the field that is probably meant; null: none is like it
  public record Absent(String name, @Nullable String nearest) {}

  public MappingCoverage {
    absent = List.copyOf(absent);
    unread = new LinkedHashMap<>(unread);
    unfilled = List.copyOf(unfilled);
    fields = List.copyOf(fields);
  }

  public static MappingCoverage of(
      CompiledMapping mapping, KnownFields known, List<Fields> records) {
    Map<String, Integer> filled = new HashMap<>();
    Map<String, Integer> failed = new HashMap<>();
    Map<String, Map<String, Integer>> codes = new HashMap<>();
    int rejected = 0;
    for (Fields source : records) {
      MappedRecord mapped = mapping.map(source);
      rejected += mapped.problems().isEmpty() ? 0 : 1;
      mapped.canonical().values().keySet().forEach(name -> filled.merge(name, 1, Integer::sum));
      Set<String> wrong = new HashSet<>();
      for (Problem problem : mapped.problems()) {
        wrong.add(problem.field());
        codes
            .computeIfAbsent(problem.field(), _ -> new TreeMap<>())
            .merge(problem.code(), 1, Integer::sum);
      }
      wrong.forEach(name -> failed.merge(name, 1, Integer::sum));
    }
    List<FieldCoverage> fields = new ArrayList<>();
    for (CompiledField field : mapping.fields()) {
      String name = field.rule().canonical();
      fields.add(
          new FieldCoverage(
              name,
              filled.getOrDefault(name, 0),
              failed.getOrDefault(name, 0),
              codes.getOrDefault(name, Map.of())));
    }
    return new MappingCoverage(
        records.size(),
        rejected,
        unread(mapping, known, records),
        absent(mapping, known, records),
        unfilled(mapping, known),
        fields);
  }

  /// Whether it rejects more than half of what was looked at.
  public boolean mostlyRejected() {
    return rejected * 2 > records;
  }

  private static Map<String, Integer> unread(
      CompiledMapping mapping, KnownFields known, List<Fields> records) {
    Set<String> read = new HashSet<>(mapping.sourceFields());
    mapping.sourceFields().forEach(name -> read.add(name.split("\\.", 2)[0]));
    Map<String, Integer> unread = new LinkedHashMap<>();
    for (FieldSpec spec : known.source()) {
      if (!read.contains(spec.name())) {
        unread.put(spec.name(), 0);
      }
    }
    for (Fields source : records) {
      for (String name : source.values().keySet()) {
        if (!read.contains(name) && source.has(name)) {
          unread.merge(name, 1, Integer::sum);
        }
      }
    }
    return unread;
  }

  private static List<Absent> absent(
      CompiledMapping mapping, KnownFields known, List<Fields> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    Set<String> seen = new LinkedHashSet<>(KnownFields.names(known.source()));
    records.forEach(source -> seen.addAll(source.values().keySet()));
    return mapping.sourceFields().stream()
        .filter(name -> !seen.contains(name) && !seen.contains(name.split("\\.", 2)[0]))
        .map(name -> new Absent(name, NearestName.of(name, seen).orElse(null)))
        .toList();
  }

  private static List<FieldSpec> unfilled(CompiledMapping mapping, KnownFields known) {
    Set<String> filled = new HashSet<>();
    for (CompiledField field : mapping.fields()) {
      if (field.rule().to() != null) {
        filled.add(field.rule().to());
      }
    }
    return known.destination().stream().filter(spec -> !filled.contains(spec.name())).toList();
  }
}
