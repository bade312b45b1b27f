package dev.entrepot.inbox.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.intake.Receipt.Reason;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.feed.FedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final Receipt KEPT = new Receipt.Accepted(1);
  private static final Receipt BUSY =
      new Receipt.Refused(Reason.BUSY, "too much", Duration.ofSeconds(7));

  private final List<String> tried = Collections.synchronizedList(new ArrayList<>());
  private final MemoryFeed feed = new MemoryFeed();

  @Test
  void whatIsBehindARefusedOneOfItsGroupIsNotTried() {
    Settling settling =
        settle(
            List.of(
                message("a1", "a"),
                message("b1", "b"),
                message("a2", "a"),
                message("a3", "a"),
                message("b2", "b")),
            body -> body.equals("a2") ? BUSY : KEPT,
            false);
    assertThat(settling.kept())
        .extracting(FedMessage::handle)
        .containsExactlyInAnyOrder("a1", "b1", "b2");
    assertThat(settling.left()).extracting(FedMessage::handle).containsExactly("a2", "a3");
    assertThat(settling.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settling.reason()).isEqualTo("too much");
    assertThat(tried).containsExactlyInAnyOrder("a1", "b1", "a2", "b2");
  }

  @Test
  void duplicatesAreKeptAsWell() {
    Settling settling = settle(List.of(message("1", "a")), _ -> new Receipt.Duplicate(9), false);
    assertThat(settling.kept()).hasSize(1);
  }

  @Test
  void messagesWithoutAGroupDoNotWaitForEachOther() {
    Settling settling =
        settle(
            List.of(message("1", null), message("2", null)),
            body -> body.equals("1") ? BUSY : KEPT,
            false);
    assertThat(settling.kept()).extracting(FedMessage::handle).containsExactly("2");
  }

  @Test
  void aDefectLosesNothing() {
    Settling settling =
        settle(
            List.of(message("1", "a"), message("2", "a")),
            _ -> {
              throw new IllegalArgumentException("of the intake");
            },
            false);
    assertThat(settling.kept()).isEmpty();
    assertThat(settling.left()).hasSize(2);
    assertThat(settling.reason()).contains("of the intake");
  }

  @Test
  void aClassThatIsMissingLosesNothingOfItsGroupAndTouchesNoOther() {
    Settling settling =
        settle(
            List.of(message("a1", "a"), message("a2", "a"), message("b1", "b")),
            body -> {
              if (body.equals("a1")) {
                throw new NoClassDefFoundError("of the intake");
              }
              return KEPT;
            },
            false);
    assertThat(settling.kept()).extracting(FedMessage::handle).containsExactly("b1");
    assertThat(settling.left()).extracting(FedMessage::handle).containsExactly("a1", "a2");
    assertThat(settling.reason()).contains("NoClassDefFoundError", "of the intake");
  }

  @Test
  void nothingIsBegunOnceItIsStopped() {
    Settling settling = settle(List.of(message("1", "a"), message("2", "b")), _ -> KEPT, true);
    assertThat(settling.left()).hasSize(2);
    assertThat(tried).isEmpty();
  }

  private Settling settle(
      List<FedMessage> messages, Function<String, Receipt> intake, boolean stopped) {
    Settling settling =
        new Settling(
            feed,
            messages,
            delivery -> {
              tried.add(delivery.body().text());
              return intake.apply(delivery.body().text());
            },
            Duration.ofMinutes(1),
            () -> stopped);
    settling.run();
    return settling;
  }

  private static FedMessage message(String name, @Nullable String group) {
    return new FedMessage(name, group, new Delivery(Headers.NONE, Body.of(name)));
  }
}
