package dev.entrepot.inbox.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.ConnectionException;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.IntakeFigures;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FedSourceFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedsTest {
  private static final Actor ACTOR = Actor.system("test");
  private static final FeedReader.Times TIMES =
      new FeedReader.Times(
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          Duration.ofMillis(1),
          Duration.ofMillis(4));

  private final MemoryFeed queue = new MemoryFeed();
  private final Database database = TestDatabase.fresh();
  private final Connections connections =
      new Connections(
          database,
          new ActivityLog(database),
          Clock.systemUTC(),
          new SecretSeal(new byte[32]),
          Feeds.senders(List.of(new Fed(), new PlainSender()), List.of(queue)).stream()
              .collect(Collectors.toMap(kind -> kind.kind(), Function.identity())),
          Map.of("PRESENT", "value")::get);
  private final EventLog log = new EventLog(database, TestLog.PATIENT);
  private final IntakeFigures figures =
      new IntakeFigures(database, Clock.systemUTC(), "one", Duration.ofDays(30));
  private final Intake intake = new Intake(connections, log, figures, Clock.systemUTC());
  private final Feeds feeds =
      new Feeds(database, connections, intake, Clock.systemUTC(), "one", TIMES);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  @BeforeEach
  void start() {
    log.start();
    feeds.start();
    told.start();
    ((Logger) LoggerFactory.getLogger(FeedJournal.class)).addAppender(told);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(FeedJournal.class)).detachAppender(told);
    feeds.close();
    log.close();
    figures.close();
    connections.close();
    database.close();
  }

  @Test
  void whatIsFetchedIsKeptAndThenDeleted() {
    queue.put(message("1"));
    queue.put(message("2"));
    connect(Map.of("place", "here"));
    await(() -> events().size() == 2 && queue.hiddenFor().isEmpty());
    assertThat(events())
        .extracting(event -> event.identity().externalId())
        .containsExactlyInAnyOrder("1", "2");
    assertThat(events()).extracting(LoggedEvent::secret).containsOnlyNulls();
    await(() ->
        feeds.states("fed").stream()
            .anyMatch(state -> state.receivedAt() != null && state.problem() == null));
    queue.put(message("2"));
    await(() -> queue.waiting() == 0 && queue.hiddenFor().isEmpty());
    assertThat(events()).hasSize(2);
  }

  @Test
  void fetchingGoesOnAfterAnError() {
    queue.breakOnce();
    connect(Map.of("place", "here"));
    await(() -> queue.asked() > 1);
    queue.put(message("1"));
    await(() -> events().size() == 1 && queue.hiddenFor().isEmpty());
    assertThat(events()).hasSize(1);
  }

  @Test
  void whatCannotBeIdentifiedIsKeptByItself() {
    queue.put(new FedMessage("1", "g", new Delivery(Headers.NONE, Body.of("odd"))));
    connect(Map.of("place", "here"));
    await(() -> !events().isEmpty() && queue.hiddenFor().isEmpty());
    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.identity().topic()).isEqualTo("unidentified");
          assertThat(event.identity().key()).startsWith("unidentified/~");
          assertThat(event.body().text()).isEqualTo("odd");
        });
  }

  @Test
  void aProblemIsShownUntilItIsGoneAndLoggedOnce() {
    queue.trouble("the key was revoked; make a new one");
    connect(Map.of("place", "here"));
    await(() ->
        queue.asked() > 50
            && feeds.states("fed").stream()
                .anyMatch(s -> "the key was revoked; make a new one".equals(s.problem())));
    queue.trouble(null);
    await(() -> feeds.states("fed").stream().allMatch(state -> state.problem() == null));
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "connection fed: the key was revoked; make a new one",
            "connection fed: events are fetched again");
  }

  @Test
  void secretsOutsideAreReadWhenItIsOpened() {
    connect(Map.of("place", "here", "key", "env:ABSENT"));
    await(() ->
        feeds.states("fed").stream()
            .anyMatch(state -> String.valueOf(state.problem()).contains("env:ABSENT")));
    queue.trouble(null);
    InboxConnection present = connections.open("fed").orElseThrow().connection();
    var _ =
        connections.update(
            ACTOR, draft(Map.of("place", "here", "key", "env:PRESENT")), present.revision());
    await(() -> queue.asked() > 0);
    await(() -> feeds.states("fed").stream().allMatch(state -> state.problem() == null));
  }

  @Test
  void aDisabledConnectionIsNotFetchedFrom() {
    InboxConnection made = connect(Map.of("place", "here"));
    await(() -> queue.asked() == 1);
    made =
        connections.update(
            ACTOR,
            draft(Map.of("place", "here")).withState(InboxConnection.State.DISABLED),
            made.revision());
    await(() -> feeds.running() == 0);
    queue.put(message("1"));
    assertThat(queue.waiting()).isEqualTo(1);
    var _ = connections.update(ACTOR, draft(Map.of("place", "here")), made.revision());
    await(() -> events().size() == 1);
  }

  @Test
  void nothingIsPostedToIt() {
    connect(Map.of("place", "here"));
    assertThat(intake.refusePosted("fed"))
        .get()
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Receipt.Reason.NOT_POSTED));
    assertThat(intake.refusePosted("nowhere")).isEmpty();
  }

  @Test
  void itsSettingsAreThoseOfSenderAndFeed() {
    assertThatThrownBy(() -> connect(Map.of()))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("place");
    assertThatThrownBy(() -> connect(Map.of("place", "nowhere")))
        .isInstanceOf(ConnectionException.class)
        .hasMessage("place cannot be nowhere");
    connect(Map.of("place", "here", "mode", "strict"));
    assertThat(Feeds.senders(List.of(new Fed()), List.of())).isEmpty();
  }

  private InboxConnection connect(Map<String, String> settings) {
    return connections.create(ACTOR, draft(settings), null);
  }

  private static ConnectionDraft draft(Map<String, String> settings) {
    return ConnectionDraft.of("fed", "acme", "fed", settings);
  }

  private List<LoggedEvent> events() {
    return log.find(EventFilter.ALL, null, 10).items().stream()
        .map(head -> log.find(head.position()).orElseThrow())
        .toList();
  }

  private static FedMessage message(String id) {
    return new FedMessage(
        "handle " + id,
        "g",
        new Delivery(Headers.of(Map.of("id", id, "topic", "t", "key", "k")), Body.of("{}")));
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /// As the plain sender, but fetched.
  private static final class Fed implements FedSourceFactory {
    private final PlainSender plain = new PlainSender();

    @Override
    public String feed() {
      return "memory";
    }

    @Override
    public String kind() {
      return "fed";
    }

    @Override
    public String title() {
      return "Fed";
    }

    @Override
    public String secretHint() {
      return "";
    }

    @Override
    public List<SettingField> settings() {
      return List.of(new SettingField("mode", "how", "lax", List.of("lax", "strict")));
    }

    @Override
    public EventSource open(Map<String, String> values) {
      assertThat(values).containsOnlyKeys("mode");
      return plain.open(Map.of("account", "a.example"));
    }

    @Override
    public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
      return plain.sample(values, secret, number, now);
    }
  }
}
