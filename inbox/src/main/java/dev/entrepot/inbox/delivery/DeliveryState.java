package dev.entrepot.inbox.delivery;

import java.util.Locale;

/// How it stands with a delivery.
public enum DeliveryState {
  /// Nobody has tried yet.
  NEW(false),
  /// It failed and is tried again, or it is next after one that did.
  WAITING(false),
  /// One of the same key before it waits.
  BEHIND(false),
  /// The receiver took it.
  DELIVERED(true),
  /// It was given up; an operator can have it tried again.
  DEAD(true),
  /// Its event is gone: there is nothing to deliver.
  SKIPPED(true);

  private final boolean finished;

  DeliveryState(boolean finished) {
    this.finished = finished;
  }

  /// Whether nothing more happens to it by itself.
  public boolean finished() {
    return finished;
  }

  /// In the table.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DeliveryState ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
