package dev.entrepot.console.pages.shell;

import static dev.entrepot.console.pages.shell.Refusal.invalid;

import dev.entrepot.console.server.Form;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a submitted form. What cannot be read is refused, naming the field, with an
/// [dev.entrepot.onboarding.OnboardingException].
public final class Read {
  private Read() {}

  /// A text that must be there.
  public static String text(Form form, String name) {
    return form.text(name).orElseThrow(() -> invalid(name, "this must be filled in"));
  }

  /// A text, or null when there is none.
  public static @Nullable String optional(Form form, String name) {
    return form.text(name).orElse(null);
  }

  /// Whether a box is ticked.
  public static boolean ticked(Form form, String name) {
    return form.text(name).isPresent();
  }

  /// A whole number that must be there.
  public static long whole(Form form, String name) {
    return whole(text(form, name), name);
  }

  /// All whole numbers of a name, such as the rows that were chosen.
  public static List<Long> wholes(Form form, String name) {
    return form.values(name).stream().map(text -> whole(text, name)).toList();
  }

  /// A whole number that must be there and is not out of all proportion.
  public static int count(Form form, String name) {
    long number = whole(form, name);
    if (number != (int) number) {
      throw invalid(name, "“" + number + "” is out of range; write a smaller number");
    }
    return (int) number;
  }

  private static long whole(String text, String name) {
    try {
      return Long.parseLong(text.replaceAll("[\\s,_]", ""));
    } catch (NumberFormatException e) {
      throw invalid(name, "“" + text + "” is not a whole number; write one such as 10000");
    }
  }

  /// The number of a version, which pages send along themselves.
  public static int version(Form form) {
    return count(form, "version");
  }

  /// A decimal number, or null when there is none.
  public static @Nullable BigDecimal decimal(Form form, String name) {
    Optional<String> text = form.text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return new BigDecimal(text.get());
    } catch (NumberFormatException e) {
      throw invalid(name, "“" + text.get() + "” is not a number; write one such as 0.5");
    }
  }

  /// A moment in UTC as `datetime-local` sends it, or null when there is none.
  public static @Nullable Instant moment(Form form, String name) {
    Optional<String> text = form.text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text.get()).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw invalid(name, "“" + text.get() + "” is not a time; write one such as 2026-11-21T08:00");
    }
  }

  /// A moment as a `datetime-local` shows it, in UTC; the empty text for none.
  public static String local(@Nullable Instant moment) {
    return moment == null
        ? ""
        : LocalDateTime.ofInstant(moment, ZoneOffset.UTC).withNano(0).toString();
  }

  /// One of an enumeration's constants, in any case.
  public static <E extends Enum<E>> E choice(Form form, String name, Class<E> type) {
    String text = text(form, name);
    return constant(text, type)
        .orElseThrow(() -> invalid(name, "“" + text + "” is none of the choices; choose one"));
  }

  /// One of an enumeration's constants, if there is any of that name, in any case.
  public static <E extends Enum<E>> Optional<E> constant(String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
