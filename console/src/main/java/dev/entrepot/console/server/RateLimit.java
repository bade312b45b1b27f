package dev.entrepot.console.server;

import dev.entrepot.console.server.ProblemException.Kind;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/// A bucket of tokens for each principal and each address: a burst is let through, a flood is not.
/// Kept in memory, bounded. Safe for use by many threads.
public final class RateLimit {
  private static final int MOST_BUCKETS = 20_000;

  private static final class Bucket {
    private double tokens;
    private long at;

    private Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  private final double perNano;
  private final int burst;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// @param perSecond how many requests are let through for long
  /// @param burst how many are let through at once
  /// @param nanoTime a clock as [System#nanoTime()]
  public RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /// Takes a token.
  ///
  /// @param who whose bucket
  /// @throws ProblemException TOO_MANY_REQUESTS when the bucket is empty
  public void take(String who) {
    long now = nanoTime.getAsLong();
    if (buckets.size() > MOST_BUCKETS) {
      // A full bucket is as good as none.
      buckets.values().removeIf(bucket -> filled(bucket, now) >= burst);
    }
    Duration wait = take(buckets.computeIfAbsent(who, _ -> new Bucket(burst, now)), now);
    if (!wait.isZero()) {
      throw ProblemException.later(
          Kind.TOO_MANY_REQUESTS,
          "too many requests; wait " + Math.max(1, wait.toSeconds()) + " s and go slower",
          wait);
    }
  }

  /// @return how long to wait for a token; zero when one was taken
  private Duration take(Bucket bucket, long now) {
    synchronized (bucket) {
      bucket.tokens = filled(bucket, now);
      bucket.at = now;
      if (bucket.tokens < 1) {
        return Duration.ofNanos(Math.max(1, (long) ((1 - bucket.tokens) / perNano)));
      }
      bucket.tokens -= 1;
      return Duration.ZERO;
    }
  }

  /// How many buckets are kept.
  int buckets() {
    return buckets.size();
  }

  private double filled(Bucket bucket, long now) {
    synchronized (bucket) {
      return Math.min(burst, bucket.tokens + (now - bucket.at) * perNano);
    }
  }
}
