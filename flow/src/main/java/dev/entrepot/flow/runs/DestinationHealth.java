package dev.entrepot.flow.runs;

/// How a destination has fared lately: tells one that fails altogether from records that it cannot
/// bear. For one thread.
final class DestinationHealth {
  // So many calls in a row fail, each as often as the policy has it, before no more are made.
  private static final int CALLS = 8;

  private final RetryPolicy policy;
  private int failed;
  private int freshFailed;
  private boolean everWell;
  private int unavailable;
  private long unavailableSince;

  DestinationHealth(RetryPolicy policy) {
    this.policy = policy;
  }

  /// It took something, or said what is wrong with it.
  void well() {
    failed = 0;
    freshFailed = 0;
    everWell = true;
    unavailable = 0;
  }

  /// A call failed, or had no result.
  ///
  /// @param fresh whether its records were never tried before
  void failed(boolean fresh) {
    failed++;
    if (fresh) {
      freshFailed++;
    }
  }

  void unavailable() {
    if (unavailable == 0) {
      unavailableSince = System.nanoTime();
    }
    unavailable++;
  }

  /// How many calls in a row failed, or had no result.
  int failedInARow() {
    return failed;
  }

  int unavailableInARow() {
    return unavailable;
  }

  /// Whether so much failed without anything in between that was taken, that halving calls any
  /// further is in vain for now.
  boolean hopeless() {
    return failed >= CALLS * policy.faultTries();
  }

  /// Whether it fails altogether: many calls that had not failed before, not only some with their
  /// repetitions and halves.
  boolean broken() {
    return hopeless() && (freshFailed >= CALLS || !everWell);
  }

  /// Whether others fare no better than a call that it was not available for.
  boolean outage() {
    return unavailable >= policy.unavailableTries();
  }

  /// Whether that lasts for too long.
  ///
  /// @param made how often one call was tried
  boolean gone(int made) {
    return outage()
        && (policy.outage().isZero()
            ? made >= policy.unavailableTries()
            : System.nanoTime() - unavailableSince >= policy.outage().toNanos());
  }
}
