package dev.entrepot.kit.signature;

import dev.entrepot.spi.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time that a sender signed along with the body, so that old deliveries cannot be sent again
/// by others.
///
/// @param text as it was signed
/// @param at the same
public record SignedTime(String text, Instant at) {

  /// @param text seconds since 1970, as they stood in the header
  /// @return empty when it is no such number
  public static Optional<SignedTime> ofEpochSeconds(String text) {
    // Twelve digits reach beyond the year 30,000.
    if (text.isEmpty() || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(new SignedTime(text, Instant.ofEpochSecond(Long.parseLong(text))));
  }

  /// @param window how far it may be from now, back and ahead
  /// @return why it is stale; empty when it is not
  public Optional<Verdict> stale(Instant now, Duration window) {
    Duration age = Duration.between(at, now);
    if (age.compareTo(window) > 0) {
      return Optional.of(
          new Verdict.Stale(
              "signed at %s, %d s ago; at most %d s are taken"
                  .formatted(at, age.toSeconds(), window.toSeconds())));
    }
    if (age.negated().compareTo(window) > 0) {
      return Optional.of(
          new Verdict.Stale(
              "signed at %s, %d s ahead of our clock; compare the clocks"
                  .formatted(at, -age.toSeconds())));
    }
    return Optional.empty();
  }
}
