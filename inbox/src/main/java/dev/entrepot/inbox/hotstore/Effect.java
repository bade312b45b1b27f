package dev.entrepot.inbox.hotstore;

/// What a change does to the hot store.
public enum Effect {
  CREATED(true),
  UPDATED(true),
  DELETED(true),
  /// A checkout that became an order.
  COMPLETED(true),
  /// It is so already.
  UNCHANGED(false),
  /// Something newer is known.
  STALE(false);

  private final boolean written;

  Effect(boolean written) {
    this.written = written;
  }

  /// Whether it changes anything that can be seen.
  public boolean written() {
    return written;
  }
}
