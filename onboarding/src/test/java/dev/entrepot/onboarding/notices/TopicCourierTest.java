package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.topic.TopicException;
import dev.entrepot.spi.topic.TopicMessage;
import dev.entrepot.spi.topic.TopicPublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicCourierTest {
  private static final String TOPIC = "topic:uploads";

  private record Published(String address, TopicMessage message) {}

  /// A message service in memory.
  private static final class MemoryTopics implements TopicPublisher {
    final List<Published> published = new ArrayList<>();
    boolean away;

    @Override
    public boolean knows(String address) {
      return address.startsWith("topic:");
    }

    @Override
    public Optional<String> objection(String address) {
      return Optional.empty();
    }

    @Override
    public void publish(String address, TopicMessage message) {
      if (away) {
        throw new TopicException("the service is away", new IOException());
      }
      published.add(new Published(address, message));
    }
  }

  private final MemoryTopics memory = new MemoryTopics();
  private final Courier courier =
      new TopicCourier(new Topics(List.of(memory)), _ -> new Courier.Kept());

  private static Notices.Notice notice(String recipient) {
    return new Notices.Notice(
        SortableId.next(),
        NoticeRow.WEBHOOK,
        UploadEvent.FINISHED,
        "VEND001",
        null,
        recipient,
        UploadEvent.FINISHED,
        "{}",
        null,
        "queued",
        1,
        null,
        Finished.NOW,
        null);
  }

  @Test
  void topicsArePublishedTo() {
    Notices.Notice notice = notice(TOPIC);
    assertThat(courier.deliver(notice)).isEqualTo(new Courier.Sent());
    assertThat(memory.published)
        .containsExactly(
            new Published(
                TOPIC,
                new TopicMessage(notice.id().toString(), "upload.finished", "VEND001", "{}")));
  }

  @Test
  void whatFailsComesAgain() {
    memory.away = true;
    assertThat(courier.deliver(notice(TOPIC)))
        .isEqualTo(new Courier.Later("the service is away", null));
  }

  @Test
  void othersGoOn() {
    assertThat(courier.deliver(notice("https://example.com/hooks"))).isEqualTo(new Courier.Kept());
    assertThat(memory.published).isEmpty();
  }
}
