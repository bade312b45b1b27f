package dev.entrepot.flow.runs;

/// How a destination has fared lately: tells one that fails altogether from records that it cannot
/// bear. For one thread.
final class DestinationHealth {
  // So many calls in a row fail, each as often as the policy has it, before no more are made.
  private static final int CALLS = 8;

  private final RetryPolicy policy;
  private int failed;
  private boolean untriedFailed;
  private boolean everWell;
  private int unavailable;
  private long unavailableSince;

  DestinationHealth(RetryPolicy policy) {
    this.policy = policy;
  }

  /// It took something, or said what is wrong with it.
  void well() {
    failed = 0;
    untriedFailed = false;
    everWell = true;
    unavailable = 0;
  }

  /// A call failed, or had no result.
  ///
  /// @param halved whether it was a part of one that was given up before
  void failed(boolean halved) {
    failed++;
    untriedFailed |= !halved;
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

  /// Whether it fails altogether: not only parts of calls that had failed before.
  boolean broken() {
    return hopeless() && (untriedFailed || !everWell);
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
