package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A candidate that waits for approval, as it is kept.
final class CandidateJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param mapped the fields the file's mapping filled
  /// @param product the one that this row made before, which it may change whatever the policy says
  record Waiting(Candidate candidate, Set<Field> mapped, @Nullable Long product) {}

  private CandidateJson() {}

  static String write(Verdict.Propose row, Set<Field> mapped) {
    return JSON.writeValueAsString(
        new Waiting(row.candidate(), EnumSet.copyOf(mapped), row.product()));
  }

  static Waiting read(String json) {
    return JSON.readValue(json, Waiting.class);
  }
}
