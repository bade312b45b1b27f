package dev.entrepot.cli.session;

import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads numbers and ids given on the command line, and says what they should be when they are
/// none.
public final class Numbers {
  private Numbers() {}

  /// Reads a whole number.
  public static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException("\"" + text + "\" is no whole number; write one like 17");
      }
    }
  }

  /// Reads a whole number of ordinary size.
  public static final class Small implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        return Integer.valueOf(text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException("\"" + text + "\" is no whole number; write one like 17");
      }
    }
  }

  /// Reads the id of a thing.
  public static final class Id implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
      try {
        UUID id = UUID.fromString(text.strip());
        // The parser takes shortened forms.
        if (id.toString().equalsIgnoreCase(text.strip())) {
          return id;
        }
      } catch (IllegalArgumentException e) {
        // Told below.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is no id; one looks like 0198c0de-7aaa-7bbb-8ccc-1234567890ab");
    }
  }
}
