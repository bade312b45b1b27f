package dev.entrepot.onboarding.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The active categories by what suppliers write: code or name, in any case, or a path that ends in
/// one (`Home > Garden`). Safe for use by many threads.
public final class CategoryIndex {
  private static final int LONGEST_GUESS = 100;
  private static final int MOST_GUESSES = 10_000;
  private static final String PATH = ">»";

  private final Map<String, String> codeBySpelling = new HashMap<>();
  private final List<String> spellings = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final Map<String, Optional<String>> guesses = new ConcurrentHashMap<>();

  /// @param categories all of them; inactive ones are left out
  public CategoryIndex(List<Category> categories) {
    for (Category category : categories) {
      if (category.active()) {
        add(category.code(), category.code());
      }
    }
    for (Category category : categories) {
      if (category.active()) {
        add(category.name(), category.code());
      }
    }
  }

  private void add(String spelling, String code) {
    String key = key(spelling);
    if (codeBySpelling.putIfAbsent(key, code) == null) {
      spellings.add(spelling);
      keys.add(key);
    }
    codeBySpelling.putIfAbsent(spelling, code);
  }

  /// Whether there is no active category at all.
  public boolean isEmpty() {
    return codeBySpelling.isEmpty();
  }

  /// The code of an active category; null when there is none of that code or name.
  public @Nullable String codeOf(String text) {
    String code = codeBySpelling.get(text);
    if (code != null) {
      return code;
    }
    code = codeBySpelling.get(key(text));
    if (code != null) {
      return code;
    }
    String last = lastPart(text);
    return last == null ? null : codeBySpelling.get(key(last));
  }

  /// The code or name that is nearest to a text: at most one third of its letters differ, and at
  /// most four.
  ///
  /// @return null when none is near
  public @Nullable String nearest(String text) {
    if (text.length() > LONGEST_GUESS) {
      return null;
    }
    Optional<String> known = guesses.get(text);
    if (known == null) {
      known = Optional.ofNullable(search(text));
      if (guesses.size() < MOST_GUESSES) {
        guesses.put(text, known);
      }
    }
    return known.orElse(null);
  }

  private @Nullable String search(String text) {
    String last = lastPart(text);
    String key = key(last == null ? text : last);
    int best = Math.min(4, key.length() / 3) + 1;
    String nearest = null;
    for (int i = 0; i < keys.size(); i++) {
      int distance = EditDistance.within(key, keys.get(i), best - 1);
      if (distance < best) {
        best = distance;
        nearest = spellings.get(i);
      }
    }
    return nearest;
  }

  private static @Nullable String lastPart(String text) {
    for (int i = text.length() - 1; i >= 0; i--) {
      if (PATH.indexOf(text.charAt(i)) >= 0) {
        return text.substring(i + 1);
      }
    }
    return null;
  }

  private static String key(String text) {
    return text.replace('\u00a0', ' ').strip().toLowerCase(Locale.ROOT);
  }
}
