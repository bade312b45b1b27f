package dev.entrepot.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;

/// The types of variables that rows have, and how nothing is written.
public final class Variables {
  /// A number with decimals, or null.
  public static final CelType DECIMAL = NullableType.create(SimpleType.DOUBLE);

  /// A whole number, or null.
  public static final CelType WHOLE = NullableType.create(SimpleType.INT);

  public static final CelType TEXT = SimpleType.STRING;

  /// A number, a text, or null: known only when it is seen.
  public static final CelType ANY = SimpleType.DYN;

  /// Texts by name.
  public static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

  /// Values of any kind by name.
  public static final CelType VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);

  /// What an absent number is.
  public static final Object NULL = NullValue.NULL_VALUE;

  private Variables() {}

  static boolean isDecimal(CelType type) {
    return switch (type) {
      case NullableType nullable -> nullable.targetType().kind() == CelKind.DOUBLE;
      default -> type.kind() == CelKind.DOUBLE;
    };
  }
}
