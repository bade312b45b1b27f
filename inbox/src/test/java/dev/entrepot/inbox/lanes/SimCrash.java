package dev.entrepot.inbox.lanes;

/// The node that runs is killed here.
final class SimCrash extends Error {
  private static final long serialVersionUID = 1;

  SimCrash() {
    super("killed", null, false, false);
  }
}
