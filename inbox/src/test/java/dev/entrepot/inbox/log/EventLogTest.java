package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
  private final Database database = TestDatabase.fresh();
  private final EventLog log = new EventLog(database, TestLog.PATIENT);

  @BeforeEach
  void start() {
    log.start();
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  @Test
  void whatIsAppendedIsReadBackInOrder() {
    NewEvent one =
        new NewEvent(
            "shop-a",
            new Identity("1", "orders/create", "a/1", Instant.parse("2026-05-01T10:00:00.123Z")),
            new Headers(Map.of("X-Topic", List.of("orders/create"), "x-two", List.of("a", "b"))),
            Body.of("{\"id\":1}"),
            1);
    NewEvent two = event("2", "a/2", "{}");
    long first = accepted(log.append(one));
    long second = accepted(log.append(two));
    assertThat(second).isGreaterThan(first);
    List<LoggedEvent> read = readAll();
    assertThat(read).extracting(LoggedEvent::position).containsExactly(first, second);
    LoggedEvent back = read.getFirst();
    assertThat(back.identity()).isEqualTo(one.identity());
    assertThat(back.headers()).isEqualTo(one.headers());
    assertThat(back.body()).isEqualTo(one.body());
    assertThat(back.connection()).isEqualTo("shop-a");
    assertThat(back.secret()).isEqualTo(1);
    assertThat(back.lane()).isEqualTo(log.lane("a/1"));
    assertThat(read.getLast().secret()).isNull();
    assertThat(read.getLast().identity().triggeredAt()).isNull();
  }

  @Test
  void aRepetitionNamesTheFirst() {
    long first = accepted(log.append(event("1", "a", "{}")));
    assertThat(log.append(event("1", "a", "{}"))).isEqualTo(new Appended.Duplicate(first));
    NewEvent elsewhere =
        new NewEvent("other", event("1", "a", "").identity(), Headers.NONE, Body.of(""), null);
    assertThat(log.append(elsewhere)).isInstanceOf(Appended.Accepted.class);
    assertThat(readAll()).hasSize(2);
  }

  @Test
  void repetitionsAtTheSameTimeAreKeptOnce() throws Exception {
    List<Appended> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Appended>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        NewEvent event = event(String.valueOf(i % 20), "k" + i % 5, "{}");
        futures.add(threads.submit(() -> log.append(event)));
      }
      for (Future<Appended> future : futures) {
        outcomes.add(future.get());
      }
    }
    List<Long> kept = readAll().stream().map(LoggedEvent::position).toList();
    assertThat(
            outcomes.stream()
                .filter(Appended.Accepted.class::isInstance)
                .map(outcome -> accepted(outcome)))
        .containsExactlyInAnyOrderElementsOf(kept)
        .hasSize(20);
    assertThat(
            outcomes.stream()
                .filter(Appended.Duplicate.class::isInstance)
                .map(outcome -> ((Appended.Duplicate) outcome).first()))
        .hasSize(180)
        .isSubsetOf(kept);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_535, 65_536, 1 << 20, 10 << 20})
  void bodiesOfAnySizeComeBack(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    NewEvent event =
        new NewEvent("shop-a", event("1", "k", "").identity(), Headers.NONE, Body.of(bytes), null);
    long position = accepted(log.append(event));
    assertThat(log.find(position).orElseThrow().body().bytes()).isEqualTo(bytes);
  }

  @Test
  void lanesAreReadBehindTheirPositions() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      positions.add(accepted(log.append(event("e" + i, "key" + i, "{}"))));
    }
    Map<Integer, Long> after = new HashMap<>();
    for (int lane = 0; lane < log.lanes(); lane++) {
      after.put(lane, positions.get(24));
    }
    List<LoggedEvent> read =
        database.read(
            connection -> log.read(connection, after, log.horizon(connection), Integer.MAX_VALUE));
    assertThat(read)
        .extracting(LoggedEvent::position)
        .containsExactlyElementsOf(positions.subList(25, 50));
    List<LoggedEvent> below =
        database.read(connection -> log.read(connection, after, positions.get(30), 1000));
    assertThat(below)
        .extracting(LoggedEvent::position)
        .containsExactlyElementsOf(positions.subList(25, 30));
  }

  @Test
  void peopleFindEventsPageByPage() {
    for (int i = 0; i < 25; i++) {
      accepted(log.append(event("e" + i, "key" + i % 2, "{}")));
    }
    var page = log.find(EventFilter.ofKey("key0"), null, 10);
    assertThat(page.items())
        .extracting(event -> event.identity().externalId())
        .startsWith("e24", "e22")
        .hasSize(10);
    var rest = log.find(EventFilter.ofKey("key0"), page.next(), 10);
    assertThat(rest.items())
        .extracting(event -> event.identity().externalId())
        .containsExactly("e4", "e2", "e0");
    assertThat(rest.next()).isNull();
    EventFilter byId = new EventFilter("shop-a", null, null, "e7", null, null);
    assertThat(log.find(byId, null, 10).items()).hasSize(1);
    EventFilter absent = new EventFilter("shop-a", null, null, "e99", null, null);
    assertThat(log.find(absent, null, 10).items()).isEmpty();
  }

  @Test
  void whatCameOutsideOfTheTimesAskedForIsNotLookedAt() {
    long first = accepted(log.append(event("first", "k", "{}")));
    Instant start = database.now();
    database.write(connection ->
        Sql.of(
                """
                insert into inbox_event (position, lane, connection, external_id, topic, key, key_hash,
                  payload, received_at)
                select nextval('inbox_position'), lane, 'other', 'e' || n, 'other/topic', 'o', 1, payload,
                  ?::timestamptz + n * interval '1 second'
                from inbox_event, generate_series(1, 45000) n where position = ?
                """)
            .with(start, first)
            .update(connection));
    database.write(connection ->
        Sql.of("update inbox_event set received_at = ? where position = ?")
            .with(start, first)
            .update(connection));
    EventFilter window =
        new EventFilter(
            null, null, null, null, start.plusSeconds(30_000), start.plusSeconds(30_060));
    SliceSpan span = database.read(connection -> log.span(connection, window));
    long within =
        database.read(connection ->
            Sql.of("select count(*) as n from inbox_event where position >= ? and position < ?")
                .with(span.from(), span.to())
                .one(connection, row -> row.int8("n")));
    assertThat(within).isBetween(60L, 4_000L);
    assertThat(log.find(window, null, 100).items()).hasSize(60);
    EventFilter rare = new EventFilter("other", "no/topic", null, null, window.from(), window.to());
    assertThat(log.find(rare, null, 10).next()).isNull();
  }

  /// A topic of no event costs a bounded look, and what is behind it is found by the next pages.
  @Test
  void aPageOfARareFilterMayBeShortWhenManyWereLookedThrough() {
    long rare = accepted(log.append(event("rare", "k", "{}")));
    database.write(connection ->
        Sql.of(
                """
                insert into inbox_event
                  (position, lane, connection, external_id, topic, key, key_hash, payload)
                select nextval('inbox_position'), lane, 'other', 'e' || n, 'other/topic', 'o', 1, payload
                from inbox_event, generate_series(1, 45000) n where position = ?
                """)
            .with(rare)
            .update(connection));
    long last = accepted(log.append(event("last", "k", "{}")));
    EventFilter filter = new EventFilter("shop-a", null, null, null, null, null);
    var first = log.find(filter, null, 10);
    assertThat(first.items()).extracting(EventHead::position).containsExactly(last);
    assertThat(first.next()).isNotNull();
    List<Long> found = new ArrayList<>();
    int pages = 0;
    for (String cursor = first.next(); cursor != null; pages++) {
      var page = log.find(filter, cursor, 10);
      page.items().forEach(event -> found.add(event.position()));
      cursor = page.next();
    }
    assertThat(found).containsExactly(rare);
    assertThat(pages).isEqualTo(2);
    EventFilter none = new EventFilter(null, "no/topic", null, null, null, null);
    assertThat(log.find(none, null, 10).next()).isNotNull();
    EventFilter often = new EventFilter("other", null, null, null, null, null);
    assertThat(log.find(often, null, 10).items()).hasSize(10);
    EventFilter past =
        new EventFilter("shop-a", null, null, null, null, Instant.EPOCH.plusSeconds(1));
    assertThat(log.find(past, null, 10).items()).isEmpty();
    assertThat(log.find(past, null, 10).next()).isNull();
  }

  @Test
  void oddTextsAreKept() {
    String odd = "a\u00A0b\uD800c\uD83D\uDE00é";
    NewEvent event =
        new NewEvent(
            "shop-a",
            new Identity(odd, odd, odd, Instant.MAX),
            Headers.of(Map.of("x-odd", "\u0000\u00e9\uD83D\uDE00")),
            Body.of(new byte[] {0, -1, -2, (byte) 0xC3, 0x28}),
            null);
    long position = accepted(log.append(event));
    LoggedEvent back = log.find(position).orElseThrow();
    assertThat(back.identity().key()).isEqualTo("a\u00A0b\uFFFDc\uD83D\uDE00é");
    assertThat(back.body()).isEqualTo(event.body());
    assertThat(back.headers()).isEqualTo(event.headers());
    assertThat(log.find(EventFilter.ofKey(odd), null, 5).items()).hasSize(1);
    NewEvent nearlySame =
        new NewEvent(
            "shop-a",
            new Identity(odd.replace('\uD800', '\uFFFD'), odd, odd, null),
            Headers.NONE,
            Body.of(""),
            null);
    assertThat(log.append(nearlySame)).isInstanceOf(Appended.Accepted.class);
    assertThat(log.append(event)).isEqualTo(new Appended.Duplicate(position));
  }

  private List<LoggedEvent> readAll() {
    return readAll(database, log);
  }

  static List<LoggedEvent> readAll(Database database, EventLog log) {
    return database.read(
        connection -> log.read(connection, beginning(log), log.horizon(connection), 10_000));
  }

  static Map<Integer, Long> beginning(EventLog log) {
    Map<Integer, Long> after = new HashMap<>();
    for (int lane = 0; lane < log.lanes(); lane++) {
      after.put(lane, 0L);
    }
    return after;
  }

  static NewEvent event(String id, String key, String body) {
    return event(id, "orders/create", key, body);
  }

  static NewEvent event(String id, String topic, String key, String body) {
    return new NewEvent(
        "shop-a", new Identity(id, topic, key, null), Headers.NONE, Body.of(body), null);
  }

  static long accepted(Appended outcome) {
    assertThat(outcome).isInstanceOf(Appended.Accepted.class);
    return ((Appended.Accepted) outcome).position();
  }
}
