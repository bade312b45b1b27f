package dev.entrepot.spi.feed;

import dev.entrepot.spi.event.EventSourceFactory;

/// A kind of sender whose events are fetched instead of posted. Where they wait vouches for them:
/// they are not verified, and nothing that is posted counts as theirs.
///
/// What was fetched cannot be refused, since it would be fetched again for ever. So its sources
/// should identify everything, and say when it is read that it cannot be understood.
public interface FedSourceFactory extends EventSourceFactory {

  /// The [name][EventFeedFactory#name] of the feed that fetches them.
  String feed();
}
