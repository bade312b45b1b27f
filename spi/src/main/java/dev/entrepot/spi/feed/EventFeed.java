package dev.entrepot.spi.feed;

import java.time.Duration;
import java.util.List;

/// Where events wait, opened. A message that was fetched is hidden from everybody for a while, and
/// comes again unless it is deleted in that time. Nothing is repeated here when it fails: whoever
/// uses it does, since only they know whether it makes sense.
///
/// Used by one thread that fetches; [#hide] may be called by several at a time.
public interface EventFeed extends AutoCloseable {

  /// Waits until there are messages, and hides them.
  ///
  /// Messages of a group come in their order, and as long as one of them is hidden no others of the
  /// group come to anybody.
  ///
  /// @param patience how long to wait at most; a feed may give up sooner
  /// @return in the order in which they must be handed on; empty when none came
  /// @throws FeedException when they cannot be fetched
  /// @throws InterruptedException at once when the thread is interrupted; what was being fetched
  ///   may be hidden then, and comes again
  List<FedMessage> fetch(Duration patience, Duration hidden) throws InterruptedException;

  /// Deletes messages for good.
  ///
  /// @param messages not empty, of one fetch
  /// @throws FeedException when any of them may come again
  void delete(List<FedMessage> messages);

  /// Hides messages for so long from now on; zero: lets them come again at once.
  ///
  /// @param messages not empty, of one fetch
  /// @throws FeedException when any of them may come again sooner or later than that
  void hide(List<FedMessage> messages, Duration from);

  /// Lets go of it. Never fails.
  @Override
  void close();
}
