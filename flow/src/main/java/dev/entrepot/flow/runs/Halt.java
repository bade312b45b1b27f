package dev.entrepot.flow.runs;

/// Why a run does not go on here and now.
sealed interface Halt {

  /// A person wants it.
  record Asked(Run.Wish wish) implements Halt {}

  /// It cannot go on, here or elsewhere.
  record Failed(String code, String reason) implements Halt {}

  /// This node cannot go on with it; it is taken up again, here or elsewhere.
  record Abandoned(String reason) implements Halt {}

  /// Whether it counts although another reason came first.
  default boolean outweighs(Halt first) {
    return switch (this) {
      case Abandoned _ -> !(first instanceof Abandoned);
      case Asked(Run.Wish wish) ->
          wish == Run.Wish.CANCEL
              && first instanceof Asked(Run.Wish before)
              && before == Run.Wish.PAUSE;
      case Failed _ -> false;
    };
  }
}
