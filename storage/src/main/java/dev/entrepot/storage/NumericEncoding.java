package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;

/// PostgreSQL's binary form of `numeric`: groups of four decimal digits, most significant first,
/// where the first group counts 10000^weight (`numeric_recv` in `numeric.c`). Zero groups at either
/// end are allowed; the server strips them.
final class NumericEncoding {

  private static final int BASE = 10_000;
  private static final int GROUP = 4;
  private static final int MOST_DIGITS_BEFORE = 131_072;
  private static final int MOST_DIGITS_AFTER = 16_383;
  private static final int NEGATIVE = 0x4000;

  /// Powers of ten that divide a long into whole and fraction: 10^0 to 10^16.
  private static final int MOST_FAST_SCALE = 16;

  private static final long[] POWERS = powers();

  private NumericEncoding() {}

  static void write(CopyBuffer buffer, long unscaled, int scale, String column) {
    if (scale < 0 || scale > MOST_FAST_SCALE || unscaled == Long.MIN_VALUE) {
      writeLarge(buffer, BigInteger.valueOf(unscaled), scale, column);
      return;
    }
    long magnitude = Math.abs(unscaled);
    long whole = magnitude / POWERS[scale];
    int fractionGroups = (scale + GROUP - 1) / GROUP;
    long fraction = magnitude % POWERS[scale] * POWERS[fractionGroups * GROUP - scale];
    int wholeGroups = 0;
    for (long rest = whole; rest != 0; rest /= BASE) {
      wholeGroups++;
    }
    header(buffer, wholeGroups, fractionGroups, unscaled < 0, scale);
    for (int group = wholeGroups - 1; group >= 0; group--) {
      buffer.int2((int) (whole / POWERS[group * GROUP] % BASE));
    }
    for (int group = fractionGroups - 1; group >= 0; group--) {
      buffer.int2((int) (fraction / POWERS[group * GROUP] % BASE));
    }
  }

  static void write(CopyBuffer buffer, BigDecimal value, String column) {
    if (value.precision() <= 18) {
      write(buffer, value.unscaledValue().longValue(), value.scale(), column);
    } else {
      writeLarge(buffer, value.unscaledValue(), value.scale(), column);
    }
  }

  private static void writeLarge(CopyBuffer buffer, BigInteger unscaled, int scale, String column) {
    if (unscaled.signum() == 0) {
      writeDigits(buffer, "", Math.clamp(scale, 0, MOST_DIGITS_AFTER), false);
      return;
    }
    String digits = unscaled.abs().toString();
    if ((long) digits.length() - scale > MOST_DIGITS_BEFORE || scale > MOST_DIGITS_AFTER) {
      throw new StorageException(
          Code.BAD_VALUE,
          "the number for column \""
              + column
              + "\" has "
              + digits.length()
              + " digits and scale "
              + scale
              + "; at most "
              + MOST_DIGITS_BEFORE
              + " digits before and "
              + MOST_DIGITS_AFTER
              + " after the point can be stored");
    }
    if (scale < 0) {
      digits += "0".repeat(-scale);
    }
    writeDigits(buffer, digits, Math.max(scale, 0), unscaled.signum() < 0);
  }

  /// @param digits all digits, the last `scale` of them behind the point; short ones lack zeros
  private static void writeDigits(CopyBuffer buffer, String digits, int scale, boolean negative) {
    int before = Math.max(0, digits.length() - scale);
    int wholeGroups = (before + GROUP - 1) / GROUP;
    int fractionGroups = (scale + GROUP - 1) / GROUP;
    header(buffer, wholeGroups, fractionGroups, negative, scale);
    // The index of the first group's first digit; it may lie before the text, the last behind it.
    int start = digits.length() - scale - wholeGroups * GROUP;
    for (int group = 0; group < wholeGroups + fractionGroups; group++) {
      int value = 0;
      for (int digit = 0; digit < GROUP; digit++) {
        int index = start + group * GROUP + digit;
        value =
            value * 10 + (index < 0 || index >= digits.length() ? 0 : digits.charAt(index) - '0');
      }
      buffer.int2(value);
    }
  }

  private static void header(
      CopyBuffer buffer, int wholeGroups, int fractionGroups, boolean negative, int scale) {
    int groups = wholeGroups + fractionGroups;
    buffer.int4(8 + 2 * groups);
    buffer.int2(groups);
    buffer.int2(wholeGroups - 1);
    buffer.int2(negative ? NEGATIVE : 0);
    buffer.int2(scale);
  }

  private static long[] powers() {
    long[] powers = new long[MOST_FAST_SCALE + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
