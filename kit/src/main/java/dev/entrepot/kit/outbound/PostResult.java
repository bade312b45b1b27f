package dev.entrepot.kit.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one attempt to post.
public sealed interface PostResult {

  /// How long it took.
  Duration took();

  /// The receiver answered, whatever it said. Redirects come here, too; they are not followed.
  ///
  /// @param phrase what stands beside the status; empty: nothing
  /// @param retryAfter for how long the receiver asked not to be tried again, negative when that
  ///   moment is past; null: it did not say, or not in a way that can be read
  /// @param excerpt the first characters of the answer, without control characters
  record Answered(
      int status, String phrase, @Nullable Duration retryAfter, String excerpt, Duration took)
      implements PostResult {

    /// Whether it was taken: 200 to 299.
    public boolean taken() {
      return status / 100 == 2;
    }

    /// Whether the receiver sends us elsewhere: 300 to 399.
    public boolean redirect() {
      return status / 100 == 3;
    }

    /// Whether the receiver wants no more of these: 410.
    public boolean gone() {
      return status == 410;
    }

    /// Such as `503 Service Unavailable`.
    public String words() {
      return phrase.isEmpty() ? Integer.toString(status) : status + " " + phrase;
    }
  }

  /// Nothing was posted: the name leads where webhooks may not go.
  ///
  /// @param reason for the operator
  record Forbidden(String reason, Duration took) implements PostResult {}

  /// There is no answer; nobody knows whether it arrived.
  ///
  /// @param reason for the operator
  record Failed(String reason, Duration took) implements PostResult {}
}
