package dev.entrepot.spi.destination;

import dev.entrepot.spi.remote.RemoteException;
import java.util.List;

/// One account of a system, opened for writing. Optional abilities are interfaces of their own:
/// [Lookup], [Deleting]. Safe for use by several threads.
public interface RecordDestination extends AutoCloseable {

  /// Writes in one call, once; repeating is the caller's. Writing the same again has no further
  /// effect.
  ///
  /// @param step of the factory's steps
  /// @param writes at most as many as the step's limit, no key twice
  /// @throws RemoteException only of the kind STOP: nothing was written, and no other write would
  ///   do better. Everything else is an answer.
  /// @throws InterruptedException when the thread is interrupted while it waits for the budget;
  ///   nothing was sent then. Interrupted later, it answers [WriteResult.Unknown] and keeps the
  ///   thread's interrupt.
  WriteAnswer write(String step, List<Write> writes) throws InterruptedException;

  /// Looks whether the system can be reached and lets us in, with as little as possible.
  ///
  /// @return what is worth telling
  /// @throws RemoteException when not
  List<String> check() throws InterruptedException;

  /// Lets go of it. Never fails.
  @Override
  void close();
}
