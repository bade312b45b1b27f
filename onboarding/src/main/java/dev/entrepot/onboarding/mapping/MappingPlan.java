package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A mapping compiled for a header. Immutable; safe for use by many threads.
public final class MappingPlan {
  private final Mapping.DecimalStyle decimal;
  private final List<FieldPlan> plans;
  private final CustomColumns custom;
  private final FillDown fillDown;
  private final SkippedRows skipped;

  private MappingPlan(Mapping mapping, Columns header) {
    this.decimal = mapping.decimal();
    this.plans = plans(mapping, header);
    this.custom = new CustomColumns(mapping, header, used(plans));
    this.fillDown = new FillDown(mapping, header);
    this.skipped = new SkippedRows(mapping, header);
  }

  /// @param header the file's column names
  /// @throws OnboardingException INVALID when the mapping names a column the header does not have,
  ///   or an expression does not compile; the message names it
  public static MappingPlan compile(Mapping mapping, List<String> header) {
    return new MappingPlan(mapping, new Columns(List.copyOf(header)));
  }

  /// The required fields that have no source, no expression and no fallback, in template order.
  public List<Field> missingRequired() {
    var missing = new ArrayList<Field>();
    for (Field field : Field.values()) {
      if (field.required() && plans.stream().noneMatch(plan -> plan.field == field)) {
        missing.add(field);
      }
    }
    return missing;
  }

  /// The names of the kept columns, whether a row has a value there or not.
  public List<String> customNames() {
    return custom.names();
  }

  /// The index of the first source column of a field: the cell to mark when the field is wrong.
  ///
  /// @return -1 when no column gives it
  public int columnOf(Field field) {
    for (FieldPlan plan : plans) {
      for (FieldSource source : plan.alternatives) {
        if (plan.field == field && source.firstColumn() >= 0) {
          return source.firstColumn();
        }
      }
    }
    return -1;
  }

  /// The indexes of all columns a field's value may come from, in the order in which they are
  /// tried.
  public List<Integer> columnsOf(Field field) {
    return sources(field).flatMap(source -> source.columns().stream()).distinct().toList();
  }

  /// Whether a field's value is what one column holds, or what the mapping puts for that: not put
  /// together of several columns, nor computed.
  public boolean isOneColumn(Field field) {
    return sources(field).allMatch(FieldSource::isColumn) && columnsOf(field).size() == 1;
  }

  private Stream<FieldSource> sources(Field field) {
    return plans.stream()
        .filter(plan -> plan.field == field)
        .flatMap(plan -> Stream.of(plan.alternatives));
  }

  /// A pass over a file from its first row. What is filled down depends on the rows before, so
  /// every row of the file is to be applied, in order. Not thread-safe.
  public Cursor start() {
    return new Cursor();
  }

  /// One pass over a file.
  public final class Cursor {
    private final FillDown.Carry carry = fillDown.start();
    private List<String> filled = List.of();

    private Cursor() {}

    /// The next row.
    ///
    /// @param cells in the header's order; missing ones at the end count as blank, surplus ones are
    ///   left out. Not changed and not kept.
    public MappedRow apply(List<String> cells) {
      String reason = skipped.reason(cells);
      filled = carry.fill(cells);
      var values = new EnumMap<Field, String>(Field.class);
      if (reason != null) {
        return new MappedRow(values, Map.of(), decimal, reason);
      }
      for (FieldPlan plan : plans) {
        String value = plan.valueOf(filled);
        if (value != null) {
          values.put(plan.field, value);
        }
      }
      return new MappedRow(values, custom.of(filled), decimal, null);
    }

    /// The cells of the last row with its blanks filled down: what stands for the row when it is
    /// sent again without the rows before it. The same list as was applied when nothing was filled.
    public List<String> filled() {
      return filled;
    }
  }

  /// A field and where its value may come from, in the order in which that is tried.
  private static final class FieldPlan {
    private final Field field;
    private final FieldSource[] alternatives;

    FieldPlan(Field field, List<FieldSource> alternatives) {
      this.field = field;
      this.alternatives = alternatives.toArray(FieldSource[]::new);
    }

    @Nullable String valueOf(List<String> cells) {
      for (FieldSource source : alternatives) {
        String value = source.valueOf(cells);
        if (value != null) {
          return value;
        }
      }
      return null;
    }
  }

  private static List<FieldPlan> plans(Mapping mapping, Columns header) {
    var byField = new EnumMap<Field, List<FieldSource>>(Field.class);
    for (FieldMapping field : mapping.fields()) {
      var source = new FieldSource(field, mapping.decimal(), header);
      if (source.gives()) {
        byField.computeIfAbsent(field.field(), key -> new ArrayList<>()).add(source);
      }
    }
    return byField.entrySet().stream()
        .map(entry -> new FieldPlan(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Set<Integer> used(List<FieldPlan> plans) {
    var used = new HashSet<Integer>();
    for (FieldPlan plan : plans) {
      for (FieldSource source : plan.alternatives) {
        used.addAll(source.columns());
      }
    }
    return used;
  }
}
