package dev.entrepot.flow.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How dates are written: `ISO8601`, or a pattern of `YYYY`, `MM`, `DD`, `HH`, `mm`, `ss` and what
/// stands between them.
///
/// @param from as the source writes them
/// @param to as they are sent
public record DateFormat(String from, String to) {
  static final String ISO = "ISO8601";

  /// Dates that stay as they are.
  public static final DateFormat STANDARD = new DateFormat(ISO, ISO);

  private static final List<String> PARTS = List.of("YYYY", "MM", "DD", "HH", "mm", "ss");

  /// @throws IllegalArgumentException for a pattern that has no year, month and day
  public DateFormat {
    pattern(from);
    pattern(to);
  }

  /// What reads and writes dates. Made once, since patterns take time to understand.
  Converter converter() {
    return new Converter(pattern(from), pattern(to));
  }

  /// @param from nothing: ISO 8601
  record Converter(Optional<DateTimeFormatter> from, Optional<DateTimeFormatter> to) {

    /// A date as it is sent; nothing when it is none.
    Optional<String> convert(String text) {
      try {
        TemporalAccessor read =
            from.isEmpty()
                ? iso(text)
                : from.get().parseBest(text, LocalDateTime::from, LocalDate::from);
        return Optional.of(to.isEmpty() ? read.toString() : to.get().format(whole(read)));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private static TemporalAccessor iso(String text) {
      return text.length() <= 10
          ? LocalDate.parse(text)
          : DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
    }

    private static TemporalAccessor whole(TemporalAccessor read) {
      return read instanceof LocalDate date ? date.atStartOfDay() : read;
    }
  }

  private static Optional<DateTimeFormatter> pattern(String text) {
    if (text.equalsIgnoreCase(ISO)) {
      return Optional.empty();
    }
    var pattern = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int here = at;
      Optional<String> part = PARTS.stream().filter(one -> text.startsWith(one, here)).findFirst();
      if (part.isPresent()) {
        pattern.append(part.get().replace("YYYY", "uuuu").replace("DD", "dd"));
        at += part.get().length();
      } else if (Character.isLetter(text.charAt(at)) && text.charAt(at) != 'T') {
        throw new IllegalArgumentException(
            "\"%s\" cannot be read from \"%s\" on".formatted(text, text.substring(at)));
      } else {
        char one = text.charAt(at++);
        pattern.append(one == '\'' ? "''" : "'" + one + "'");
      }
    }
    for (String part : PARTS.subList(0, 3)) {
      if (!text.contains(part)) {
        throw new IllegalArgumentException("\"%s\" has no %s".formatted(text, part));
      }
    }
    return Optional.of(
        DateTimeFormatter.ofPattern(pattern.toString(), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT));
  }
}
