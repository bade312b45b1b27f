package dev.entrepot.console.server;

/// What an `Idempotency-Key` says of a request whose body is a stream: its handler alone knows what
/// makes two of them the same.
public sealed interface Repetition {
  /// There is no key, or it is new: act, and tell the exchange the request's fingerprint.
  record First() implements Repetition {}

  /// The key was used before. Make the request's fingerprint without acting: if it is the same,
  /// give the same answer; else refuse.
  record Again(String fingerprint, Answer answer) implements Repetition {

    /// The answer to a request with this fingerprint.
    ///
    /// @throws ProblemException INVALID when the key was used for another request
    public Answer answerTo(String repeated) {
      Replay.requireSame(fingerprint, repeated);
      return answer;
    }
  }
}
