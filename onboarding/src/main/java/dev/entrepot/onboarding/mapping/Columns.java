package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.tabular.HeaderNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The columns of a header by name: exactly as written first, else compared as [HeaderNames] does.
/// Of several columns of one name the first counts.
final class Columns {
  private final List<String> header;
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> normalised = new HashMap<>();

  Columns(List<String> header) {
    this.header = header;
    for (int i = 0; i < header.size(); i++) {
      exact.putIfAbsent(header.get(i), i);
      String name = HeaderNames.normalise(header.get(i));
      if (!name.isEmpty()) {
        normalised.putIfAbsent(name, i);
      }
    }
  }

  int size() {
    return header.size();
  }

  String name(int index) {
    return header.get(index);
  }

  /// The index of a column; -1 when there is none of that name.
  int find(String name) {
    Integer index = exact.get(name);
    if (index == null) {
      index = normalised.get(HeaderNames.normalise(name));
    }
    return index == null ? -1 : index;
  }

  /// @param user what names the column, for the message
  int require(String name, String user) {
    int index = find(name);
    if (index < 0) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "the file has no column \"%s\", which the mapping uses for %s: it has %s"
              .formatted(name, user, listing()));
    }
    return index;
  }

  int[] require(List<String> names, String user) {
    return names.stream().mapToInt(name -> require(name, user)).toArray();
  }

  private String listing() {
    int shown = Math.min(header.size(), 20);
    String names = String.join(", ", header.subList(0, shown));
    return shown < header.size() ? names + " and " + (header.size() - shown) + " more" : names;
  }
}
