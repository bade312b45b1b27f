package dev.entrepot.kit.remote;

import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings what is to be written, and what the destination holds, into one form, so that both can be
/// compared: the fields of a step, absent ones as null, numbers in one type.
///
/// @param fields the step's
public record ItemShape(List<FieldSpec> fields, Others others) {

  /// What becomes of fields that are not the step's.
  public enum Others {
    /// They are not written.
    LEFT_OUT,
    /// They are written behind the others, when they have a value.
    TAKEN
  }

  public ItemShape {
    fields = List.copyOf(fields);
  }

  /// Of exactly these fields.
  public ItemShape(List<FieldSpec> fields) {
    this(fields, Others.LEFT_OUT);
  }

  /// The shape of some of these fields, in their order.
  public ItemShape only(String... names) {
    List<String> kept = List.of(names);
    return new ItemShape(fields.stream().filter(field -> kept.contains(field.name())).toList());
  }

  /// The fields in this shape. Values that are not of a field's type stay as they are: it is the
  /// destination that refuses them.
  public Fields of(Fields values) {
    Fields.Builder shaped = Fields.builder(fields.size());
    for (FieldSpec field : fields) {
      shaped.put(field.name(), value(field.type(), values, field.name()));
    }
    if (others == Others.TAKEN) {
      values
          .values()
          .forEach((name, value) -> {
            if (value != null) {
              shaped.putIfAbsent(name, plain(value));
            }
          });
    }
    return shaped.build();
  }

  private static @Nullable Object value(FieldSpec.Type type, Fields values, String name) {
    Object value = values.value(name);
    return switch (type) {
      case TEXT, DATE ->
          value == null || value instanceof String
              ? value
              : values.text(name).<Object>map(text -> text).orElse(value);
      case WHOLE, DECIMAL -> plain(value);
      case TRUTH -> value;
    };
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof BigDecimal number ? number(number) : value;
  }

  private static Object number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18
        ? (Object) plain.longValueExact()
        : plain;
  }
}
