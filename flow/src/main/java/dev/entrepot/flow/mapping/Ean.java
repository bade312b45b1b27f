package dev.entrepot.flow.mapping;

/// European article numbers of 13 digits, the last of which is a check digit.
final class Ean {
  private static final int LENGTH = 13;

  private Ean() {}

  /// What is wrong with one; empty: nothing.
  static String fault(String text) {
    if (text.length() != LENGTH || !text.chars().allMatch(one -> one >= '0' && one <= '9')) {
      return "it needs 13 digits";
    }
    int sum = 0;
    for (int at = 0; at < LENGTH - 1; at++) {
      sum += (text.charAt(at) - '0') * (at % 2 == 0 ? 1 : 3);
    }
    int check = (10 - sum % 10) % 10;
    return text.charAt(LENGTH - 1) - '0' == check
        ? ""
        : "its check digit is %c, not %d".formatted(text.charAt(LENGTH - 1), check);
  }
}
