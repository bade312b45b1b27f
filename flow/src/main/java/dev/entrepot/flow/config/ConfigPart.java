package dev.entrepot.flow.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of what is read, with the problems that are found in it. Asking for something of the
/// wrong type tells a problem and gives nothing, so that reading goes on and all problems are told.
public final class ConfigPart {
  private final @Nullable Object value;
  private final String place;
  private final ConfigProblems problems;

  ConfigPart(@Nullable Object value, String place, ConfigProblems problems) {
    this.value = value;
    this.place = place;
    this.problems = problems;
  }

  /// Where it is, as names joined with points.
  public String place() {
    return place;
  }

  public ConfigProblems problems() {
    return problems;
  }

  /// It as it was read; null: there is none.
  public @Nullable Object value() {
    return value;
  }

  public boolean absent() {
    return value == null;
  }

  public boolean isMap() {
    return value instanceof Map<?, ?>;
  }

  public boolean isList() {
    return value instanceof List<?>;
  }

  /// Tells a problem of it.
  public void error(String message, String remedy) {
    problems.error(place, message, remedy);
  }

  /// What it has under a name.
  public ConfigPart part(String name) {
    Object part = value instanceof Map<?, ?> map ? map.get(name) : null;
    return new ConfigPart(part, ConfigTree.join(place, name), problems);
  }

  /// Its parts by name, in their order; none when it is no map, which is told.
  public Map<String, ConfigPart> parts() {
    Map<String, ConfigPart> parts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(name -> parts.put((String) name, part((String) name)));
    } else if (value != null) {
      error(quoted() + " is not what belongs here", "write names with values");
    }
    return parts;
  }

  /// Its elements; itself when it is a single one; none when it is absent.
  public List<ConfigPart> elements() {
    List<ConfigPart> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object one : list) {
        String number = Integer.toString(elements.size() + 1);
        elements.add(new ConfigPart(one, ConfigTree.join(place, number), problems));
      }
    } else if (value != null) {
      elements.add(this);
    }
    return elements;
  }

  /// Tells names that are not known.
  public void requireKnown(Collection<String> known) {
    parts()
        .forEach((name, part) -> {
          if (!known.contains(name)) {
            part.error("there is no \"" + name + "\" here", NearestName.remedy(name, known));
          }
        });
  }

  /// A text, or a number or truth value as it is written; blank is nothing.
  public Optional<String> text() {
    return switch (value) {
      case null -> Optional.empty();
      case String text -> text.isBlank() ? Optional.empty() : Optional.of(text.strip());
      case BigDecimal number -> Optional.of(number.toPlainString());
      case Long number -> Optional.of(number.toString());
      case Boolean truth -> Optional.of(truth.toString());
      default -> {
        error("there is more than a text", "write a single value");
        yield Optional.empty();
      }
    };
  }

  public @Nullable String text(String name) {
    return part(name).text().orElse(null);
  }

  /// A text that has to be there.
  ///
  /// @return empty when it is not, which is told
  public String required(String name, String remedy) {
    ConfigPart part = part(name);
    Optional<String> text = part.text();
    if (text.isEmpty() && !part.isMap() && !part.isList()) {
      part.error(name + " is missing", remedy);
    }
    return text.orElse("");
  }

  public Optional<Boolean> truth() {
    return switch (value) {
      case null -> Optional.empty();
      case Boolean truth -> Optional.of(truth);
      case String text when Set.of("true", "false").contains(text) ->
          Optional.of(Boolean.valueOf(text));
      default -> {
        error(quoted() + " is neither true nor false", "write true or false");
        yield Optional.empty();
      }
    };
  }

  /// A whole number within bounds.
  public Optional<Integer> whole(int least, int most) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      int number = new BigDecimal(value.toString()).intValueExact();
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    error(
        quoted() + " is no whole number from %d to %d".formatted(least, most),
        "write one within these bounds");
    return Optional.empty();
  }

  /// It in quotes, cut when it is long.
  public String quoted() {
    String text = String.valueOf(value);
    return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
  }
}
