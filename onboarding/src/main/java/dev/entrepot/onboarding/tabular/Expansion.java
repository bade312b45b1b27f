package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.util.Locale;

/// Watches how much unpacked content comes out of how much packed content.
final class Expansion {
  private static final long UNCHECKED_BYTES = 16L << 20;

  private final Limits limits;
  private final String what;
  private long expanded;

  Expansion(Limits limits, String what) {
    this.limits = limits;
    this.what = what;
  }

  void add(long count, long packedBytes) {
    expanded += count;
    if (expanded > limits.maxExpandedBytes()) {
      throw new TabularException(
          Code.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s unpacks to more than %,d bytes, the most that is allowed; send it in parts",
              what,
              limits.maxExpandedBytes()));
    }
    if (expanded > UNCHECKED_BYTES && expanded / limits.maxExpansion() > Math.max(packedBytes, 1)) {
      throw new TabularException(
          Code.ZIP_BOMB,
          String.format(
              Locale.ROOT,
              "%s unpacks to more than %,d times its size, which no product file does; send it unpacked",
              what,
              limits.maxExpansion()));
    }
  }

  long expanded() {
    return expanded;
  }
}
