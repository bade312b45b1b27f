package dev.entrepot.onboarding.notices;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.spi.topic.TopicException;
import dev.entrepot.spi.topic.TopicMessage;
import dev.entrepot.spi.topic.TopicPublisher;

/// Publishes notices whose recipient is a topic of a message service, and hands all others on. A
/// vendor's notices keep their order where the topic keeps one. Safe for use by many threads.
public final class TopicCourier implements Courier {
  private static final String NOBODYS_GROUP = "entrepot";

  private final Topics topics;
  private final Courier others;

  public TopicCourier(Topics topics, Courier others) {
    this.topics = topics;
    this.others = others;
  }

  @Override
  public Delivery deliver(Notices.Notice notice) {
    return topics
        .of(notice.recipient())
        .map(publisher -> publish(publisher, notice))
        .orElseGet(() -> others.deliver(notice));
  }

  private static Delivery publish(TopicPublisher publisher, Notices.Notice notice) {
    String vendor = notice.vendor();
    try {
      publisher.publish(
          notice.recipient(),
          new TopicMessage(
              notice.id().toString(),
              notice.event(),
              vendor == null ? NOBODYS_GROUP : vendor,
              notice.body()));
      return new Sent();
    } catch (TopicException e) {
      return new Later(String.valueOf(e.getMessage()), null);
    }
  }
}
