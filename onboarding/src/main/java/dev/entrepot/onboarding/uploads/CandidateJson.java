package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// A candidate that waits for approval, as it is kept.
final class CandidateJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param mapped the fields the file's mapping filled
  record Waiting(Candidate candidate, Set<Field> mapped) {}

  private CandidateJson() {}

  static String write(Candidate candidate, Set<Field> mapped) {
    return JSON.writeValueAsString(new Waiting(candidate, EnumSet.copyOf(mapped)));
  }

  static Waiting read(String json) {
    return JSON.readValue(json, Waiting.class);
  }
}
