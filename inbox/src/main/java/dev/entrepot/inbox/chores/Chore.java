package dev.entrepot.inbox.chores;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/// Something that must be done now and then.
///
/// @param name in kebab-case; never changes
/// @param pace from the end of one run to the beginning of the next, over all nodes
/// @param work done in small steps that are kept as they are done
public record Chore(String name, Duration pace, Work work) {
  private static final int BATCH = 1_000;

  public Chore {
    if (!pace.isPositive()) {
      throw new IllegalArgumentException("chore " + name + " needs a pace above zero, not " + pace);
    }
  }

  /// One run.
  @FunctionalInterface
  public interface Work {

    /// @param goOn asked between steps; once it says no, the run ends: somebody else goes on
    /// @return how many things were done
    long run(BooleanSupplier goOn);
  }

  /// One whose steps are all alike.
  ///
  /// @param step given how many to do at most, says how many it did; 0: nothing is left
  public static Chore inBatches(String name, Duration pace, IntUnaryOperator step) {
    return new Chore(
        name,
        pace,
        goOn -> {
          long all = 0;
          int done = 1;
          while (done > 0 && goOn.getAsBoolean()) {
            done = step.applyAsInt(BATCH);
            all += done;
          }
          return all;
        });
  }
}
