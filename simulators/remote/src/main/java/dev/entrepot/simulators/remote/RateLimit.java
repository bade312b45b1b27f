package dev.entrepot.simulators.remote;

import java.time.Duration;

/// How often one credential may call: at most so many calls in any stretch of time of that length.
/// Calls that are refused for it do not count (contract).
///
/// @param telling whether a refusal says when to come again
public record RateLimit(int calls, Duration per, Telling telling) {

  /// Whether a 429 carries `Retry-After`, in whole seconds, rounded up.
  public enum Telling {
    RETRY_AFTER,
    SILENT
  }

  public RateLimit {
    if (calls < 1 || !per.isPositive()) {
      throw new IllegalArgumentException(
          "a limit allows at least one call in some time, not " + calls + " in " + per);
    }
  }

  public RateLimit(int calls, Duration per) {
    this(calls, per, Telling.RETRY_AFTER);
  }

  /// 100 calls in a minute, as Siesa, Kong and WMS have it.
  public static RateLimit usual() {
    return new RateLimit(100, Duration.ofMinutes(1));
  }

  /// None: every call is let in, and no answer speaks of a limit.
  public static RateLimit none() {
    return new RateLimit(Integer.MAX_VALUE, Duration.ofMinutes(1), Telling.SILENT);
  }

  /// The same, without a word on when to come again.
  public RateLimit silent() {
    return new RateLimit(calls, per, Telling.SILENT);
  }

  boolean unlimited() {
    return calls == Integer.MAX_VALUE;
  }
}
