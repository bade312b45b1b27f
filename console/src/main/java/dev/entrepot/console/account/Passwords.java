package dev.entrepot.console.account;

import dev.entrepot.console.account.AccountException.Code;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Rules for passwords, and their hashing with bounded concurrency: each computation takes 19 MiB,
/// so only a few run at a time and the others wait. Safe for use by many threads.
final class Passwords {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int FEWEST_DIFFERENT = 5;

  private final SecureRandom random;
  private final Semaphore places;
  private final String nobody;

  /// @param concurrency how many hashes are computed at a time
  Passwords(SecureRandom random, int concurrency) {
    this.random = random;
    this.places = new Semaphore(concurrency, true);
    this.nobody = PasswordHash.ofNothing(random);
  }

  /// @throws AccountException INVALID naming the rule that is broken
  void requireGood(String password, String email) {
    String lower = password.toLowerCase(Locale.ROOT);
    String mail = email.toLowerCase(Locale.ROOT);
    int at = mail.indexOf('@');
    String local = at > 0 ? mail.substring(0, at) : mail;
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw refused("the password is shorter than " + SHORTEST + " characters; use a longer one");
    }
    if (password.length() > LONGEST) {
      throw refused("the password is longer than " + LONGEST + " characters; use a shorter one");
    }
    if (lower.equals(mail) || (local.length() >= 4 && lower.contains(local))) {
      throw refused("the password contains the e-mail address; use another one");
    }
    if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
      throw refused(
          "the password has fewer than " + FEWEST_DIFFERENT + " different characters; use another");
    }
  }

  String hash(String password) {
    places.acquireUninterruptibly();
    try {
      return PasswordHash.of(password, random);
    } finally {
      places.release();
    }
  }

  /// Whether the password fits the hash. Without a hash (there is no such account) it takes as long
  /// and says no.
  boolean matches(String password, @Nullable String hash) {
    // Nobody's password is longer; hashing it would only cost time.
    String bounded = password.length() > LONGEST ? "" : password;
    places.acquireUninterruptibly();
    try {
      boolean matches = PasswordHash.matches(bounded, hash == null ? nobody : hash);
      return matches && hash != null && !bounded.isEmpty();
    } finally {
      places.release();
    }
  }

  private static AccountException refused(String message) {
    return new AccountException(Code.INVALID, "password", message);
  }
}
