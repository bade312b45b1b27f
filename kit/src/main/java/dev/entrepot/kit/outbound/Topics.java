package dev.entrepot.kit.outbound;

import dev.entrepot.spi.topic.TopicPublisher;
import java.util.List;
import java.util.Optional;

/// The message services that this program can publish to.
///
/// @param publishers one for each
public record Topics(List<TopicPublisher> publishers) {
  public Topics {
    publishers = List.copyOf(publishers);
  }

  public static Topics none() {
    return new Topics(List.of());
  }

  /// The service an address is meant for; empty: for none, it is a webhook's.
  public Optional<TopicPublisher> of(String address) {
    return publishers.stream().filter(publisher -> publisher.knows(address)).findFirst();
  }
}
