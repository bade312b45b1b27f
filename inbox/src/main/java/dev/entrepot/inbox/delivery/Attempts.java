package dev.entrepot.inbox.delivery;

import dev.entrepot.kit.outbound.PostResult;
import dev.entrepot.storage.StorableText;
import org.jspecify.annotations.Nullable;

/// Attempts in words.
final class Attempts {
  private static final int LONGEST = 1_000;

  private Attempts() {}

  /// What became of an attempt, in one line.
  static String words(PostResult result) {
    return kept(
        switch (result) {
          case PostResult.Answered answer -> "the receiver answered " + answer.words();
          case PostResult.Forbidden(String reason, _) -> reason;
          case PostResult.Failed(String reason, _) -> reason;
        });
  }

  /// The beginning of the answer, or why there was none.
  static String answer(PostResult result) {
    return kept(
        switch (result) {
          case PostResult.Answered answer -> answer.excerpt();
          case PostResult.Forbidden(String reason, _) -> reason;
          case PostResult.Failed(String reason, _) -> reason;
        });
  }

  static @Nullable Integer status(PostResult result) {
    return result instanceof PostResult.Answered answer ? answer.status() : null;
  }

  /// As it can be stored.
  static String kept(String text) {
    String repaired = StorableText.repair(text);
    if (repaired.length() <= LONGEST) {
      return repaired;
    }
    // Not in the middle of a character.
    int end = Character.isHighSurrogate(repaired.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return repaired.substring(0, end);
  }
}
