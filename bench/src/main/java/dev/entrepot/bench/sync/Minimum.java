package dev.entrepot.bench.sync;

import java.time.Duration;

/// The least that a sync takes within the limits, whoever does it.
///
/// @param pages calls to Siesa
/// @param products calls to Kong with products
/// @param tags calls to Kong with tags
record Minimum(long pages, long products, long tags) {
  private static final int PAGE = 1_000;
  private static final int BULK = 100;
  private static final int PER_MINUTE = 100;

  static Minimum of(long records, long tagged) {
    return new Minimum(least(records, PAGE), least(records, BULK), least(tagged, BULK));
  }

  private static long least(long things, int atOnce) {
    return (things + atOnce - 1) / atOnce;
  }

  long calls() {
    return pages + products + tags;
  }

  /// With a window that slides, call n + 100 may come a minute after call n and no sooner; calls
  /// themselves take no time, and both sides count for themselves.
  Duration time() {
    long most = Math.max(pages, products + tags);
    return Duration.ofMinutes(most == 0 ? 0 : (most - 1) / PER_MINUTE);
  }
}
