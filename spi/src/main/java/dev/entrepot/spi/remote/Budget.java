package dev.entrepot.spi.remote;

/// How many calls may be made to an account of a system, shared by all nodes. Safe for use by many
/// threads.
public interface Budget {

  /// Waits until one more call may be made, and counts it. To be called right before each call.
  ///
  /// @throws InterruptedException at once when the thread is interrupted; nothing is counted then
  void take() throws InterruptedException;

  /// What an answer says of the budget; all nodes heed it from now on.
  void learn(LimitNotice notice);

  /// A budget without any limit.
  static Budget unlimited() {
    return new Budget() {
      @Override
      public void take() {}

      @Override
      public void learn(LimitNotice notice) {}
    };
  }
}
