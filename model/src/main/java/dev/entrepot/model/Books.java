package dev.entrepot.model;

import java.util.OptionalDouble;

/// The books of a batch, a run, a flow, a tenant or a day: how many records entered and what became
/// of them. All figures count records and are never negative.
///
/// The law: `received = written + unchanged + rejected + skipped + pending`. The record itself does
/// not enforce it, so that books read from storage can be shown even when they are wrong; ask
/// [#balanced()].
public record Books(
    long received, long written, long unchanged, long rejected, long skipped, long pending) {

  /// Nothing received, nothing done.
  public static final Books EMPTY = new Books(0, 0, 0, 0, 0, 0);

  public Books {
    if (received < 0
        || written < 0
        || unchanged < 0
        || rejected < 0
        || skipped < 0
        || pending < 0) {
      throw new IllegalArgumentException(
          "a count is negative: received "
              + received
              + ", written "
              + written
              + ", unchanged "
              + unchanged
              + ", rejected "
              + rejected
              + ", skipped "
              + skipped
              + ", pending "
              + pending);
    }
  }

  /// Whether the law holds.
  public boolean balanced() {
    return received == written + unchanged + rejected + skipped + pending;
  }

  /// Records that are settled for good.
  public long settled() {
    return written + unchanged + rejected + skipped;
  }

  /// The share of records that were accepted (written, unchanged or waiting for approval) among
  /// those accepted or rejected, from 0 to 1. Empty when there are none: of nothing there is no
  /// share.
  public OptionalDouble acceptance() {
    long accepted = written + unchanged + pending;
    long judged = accepted + rejected;
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) accepted / judged);
  }

  /// These books and others, added up.
  public Books plus(Books other) {
    return new Books(
        received + other.received,
        written + other.written,
        unchanged + other.unchanged,
        rejected + other.rejected,
        skipped + other.skipped,
        pending + other.pending);
  }

  /// These books with one more record of the given outcome.
  public Books with(Outcome outcome, long records) {
    return switch (outcome) {
      case WRITTEN -> plus(new Books(records, records, 0, 0, 0, 0));
      case UNCHANGED -> plus(new Books(records, 0, records, 0, 0, 0));
      case REJECTED -> plus(new Books(records, 0, 0, records, 0, 0));
      case SKIPPED -> plus(new Books(records, 0, 0, 0, records, 0));
      case PENDING -> plus(new Books(records, 0, 0, 0, 0, records));
    };
  }

  /// As the sum they are.
  @Override
  public String toString() {
    return received
        + " received = "
        + written
        + " written + "
        + unchanged
        + " unchanged + "
        + rejected
        + " rejected + "
        + skipped
        + " skipped + "
        + pending
        + " pending";
  }
}
