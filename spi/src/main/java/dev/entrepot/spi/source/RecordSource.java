package dev.entrepot.spi.source;

import dev.entrepot.spi.remote.RemoteException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One account of a system, opened for reading. Keeps no state between pages but connections, so
/// that another node can go on where one has stopped. Used by one thread at a time.
public interface RecordSource extends AutoCloseable {

  /// The largest page it gives.
  int largestPage();

  /// Reads the page behind a checkpoint. A record may come in two pages when the source changes
  /// meanwhile; none that was there all the time is left out. A page may have no records and still
  /// not be the last. A page that holds less than the source itself says it must is a fault, not an
  /// end; what is no record, and not nothing either, is given as a record all the same, to be
  /// rejected.
  ///
  /// @param after `next` of the page before, perhaps of another run of the program; null: the first
  /// @throws RemoteException when the page cannot be had; nothing is repeated here
  /// @throws InterruptedException at once when the thread is interrupted
  SourcePage read(Extract extract, @Nullable String after) throws InterruptedException;

  /// Looks whether the system can be reached and lets us in, with as little as possible.
  ///
  /// @return what is worth telling, such as the system's name for the account
  /// @throws RemoteException when not
  List<String> check() throws InterruptedException;

  /// Lets go of it. Never fails.
  @Override
  void close();
}
