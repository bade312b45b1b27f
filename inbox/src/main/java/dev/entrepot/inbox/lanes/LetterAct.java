package dev.entrepot.inbox.lanes;

/// What an operator does with dead letters.
public sealed interface LetterAct {

  /// Tries again, once more in its key's order: before everything of the key that came later and
  /// waits. Handlers that were done with it are not called again.
  record Retry() implements LetterAct {}

  /// Leaves it out for good.
  ///
  /// @param reason for those who ask later
  record Skip(String reason) implements LetterAct {
    public Skip {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("skipping needs a reason");
      }
    }
  }
}
