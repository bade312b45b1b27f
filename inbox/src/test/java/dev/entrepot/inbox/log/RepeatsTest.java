package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Repeated deliveries, in the order in which they came.
class RepeatsTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1000);
  private static final Duration LONG = Duration.ofDays(30);

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
  void theyTellWhatTheyRepeat() {
    long a = accepted("a", "key-a");
    long b = accepted("b", "key-b");
    again("a", "key-a");
    again("b", "key-b");
    again("a", "key-a");
    List<Repeat> all = log.repeats(EventFilter.ALL, null, 10).items();
    assertThat(all).extracting(Repeat::first).containsExactly(a, b, a);
    assertThat(all).extracting(Repeat::position).isSortedAccordingTo((x, y) -> Long.compare(y, x));
    assertThat(all)
        .allSatisfy(repeat -> {
          assertThat(repeat.position()).isGreaterThan(b);
          assertThat(repeat.connection()).isEqualTo("shop-a");
          EventHead kept = repeat.kept();
          assertThat(kept).isNotNull();
          assertThat(kept.position()).isEqualTo(repeat.first());
          assertThat(kept.identity().topic()).isEqualTo("orders/create");
        });
    assertThat(log.repeatsOf(a, 10))
        .extracting(Repeat::position)
        .containsExactly(all.get(2).position(), all.get(0).position());
    assertThat(log.repeatsOf(a, 1)).hasSize(1);
    assertThat(log.repeat(all.get(1).position()).map(Repeat::first)).contains(b);
    assertThat(log.repeat(a)).isEmpty();
  }

  @Test
  void theyAreReadPageByPageWithoutGapsAndTwices() {
    for (int i = 0; i < 4; i++) {
      accepted("e" + i, "key" + i % 2);
    }
    for (int i = 0; i < 25; i++) {
      again("e" + i % 4, "key" + i % 2);
    }
    List<Repeat> all = log.repeats(EventFilter.ALL, null, 100).items();
    assertThat(all).hasSize(25);
    assertThat(pages(EventFilter.ALL, 4)).isEqualTo(all);
    List<Repeat> odd = all.stream().filter(repeat -> key(repeat).equals("key1")).toList();
    assertThat(odd).hasSize(12);
    assertThat(pages(EventFilter.ofKey("key1"), 5)).isEqualTo(odd);
    assertThatThrownBy(() -> log.repeats(EventFilter.ALL, "x", 5))
        .isInstanceOf(InboxException.class);
  }

  @Test
  void theyAreFoundAsTheirEventsAre() {
    long a = accepted("a", "key-a");
    accepted("b", "key-b");
    again("a", "key-a");
    again("b", "key-b");
    Instant now = log.repeats(EventFilter.ALL, null, 1).items().getFirst().receivedAt();
    assertThat(firsts(filter("shop-a", null, null, "a"))).containsExactly(a);
    assertThat(firsts(filter(null, null, null, "a"))).containsExactly(a);
    assertThat(firsts(filter("shop-a", null, "key-a", "a"))).containsExactly(a);
    assertThat(firsts(filter("shop-a", null, "key-b", "a"))).isEmpty();
    assertThat(firsts(filter("shop-a", null, "key-a", null))).containsExactly(a);
    assertThat(firsts(filter("shop-a", null, null, "none"))).isEmpty();
    assertThat(firsts(filter("other", null, null, null))).isEmpty();
    assertThat(firsts(filter(null, "orders/create", null, null))).hasSize(2);
    assertThat(firsts(filter(null, "orders", null, null))).isEmpty();
    assertThat(firsts(between(now.minus(LONG), now))).containsExactly(a);
    assertThat(firsts(between(now, now.plus(LONG)))).hasSize(1).doesNotContain(a);
    assertThat(firsts(between(now.plus(LONG), null))).isEmpty();
    assertThat(firsts(between(null, now.minus(LONG)))).isEmpty();
  }

  @Test
  void whereTheEventWasDroppedItsIdentityIsNotKnown() {
    long gone = accepted("gone", "key-gone");
    keeper(AT_ONCE, LONG).keep();
    long kept = accepted("kept", "key-kept");
    again("gone", "key-gone");
    again("kept", "key-kept");
    execute("alter table inbox_event detach partition inbox_event_" + Positions.slice(gone));
    List<Repeat> all = log.repeats(EventFilter.ALL, null, 10).items();
    assertThat(all).extracting(Repeat::first).containsExactly(kept, gone);
    assertThat(all.getLast().kept()).isNull();
    assertThat(all.getLast().connection()).isEqualTo("shop-a");
    assertThat(firsts(filter("shop-a", null, null, "gone"))).containsExactly(gone);
    assertThat(firsts(EventFilter.ofKey("key-gone"))).isEmpty();
    assertThat(firsts(filter(null, "orders/create", null, null))).containsExactly(kept);
  }

  @Test
  void timesLeaveOutSlicesThatCannotHoldThem() {
    accepted("a", "k");
    again("a", "k");
    keeper(AT_ONCE, LONG).keep();
    again("a", "k");
    execute(
        "update inbox_slice set opened_at = opened_at - interval '9 days' where closed_at is not null");
    execute("update inbox_slice set closed_at = closed_at - interval '8 days'");
    execute(
        "update inbox_duplicate set received_at = received_at - interval '8 days 12 hours'"
            + " where position = (select min(position) from inbox_duplicate)");
    Instant now = Instant.now();
    assertThat(firsts(between(now.minus(Duration.ofDays(2)), null))).hasSize(1);
    assertThat(firsts(between(null, now.minus(Duration.ofDays(2))))).hasSize(1);
    assertThat(firsts(between(now.minus(LONG), now.plus(LONG)))).hasSize(2);
  }

  @Test
  void aPageMayBeShortWhenManyWereLookedThrough() {
    long rare = accepted("rare", "k");
    again("rare", "k");
    execute(
        """
        insert into inbox_duplicate (position, first, connection)
        select nextval('inbox_position'), 1, 'shop-a' from generate_series(1, 45000)
        """);
    EventFilter byId = filter(null, null, null, "rare");
    Page<Repeat> first = log.repeats(byId, null, 10);
    assertThat(first.items()).isEmpty();
    assertThat(first.next()).isNotNull();
    assertThat(pages(byId, 10)).extracting(Repeat::first).containsExactly(rare);
  }

  private List<Repeat> pages(EventFilter filter, int size) {
    List<Repeat> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Repeat> page = log.repeats(filter, cursor, size);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private List<Long> firsts(EventFilter filter) {
    return log.repeats(filter, null, 10).items().stream().map(Repeat::first).toList();
  }

  private static EventFilter filter(
      @Nullable String connection,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String id) {
    return new EventFilter(connection, topic, key, id, null, null);
  }

  private static EventFilter between(@Nullable Instant from, @Nullable Instant to) {
    return new EventFilter(null, null, null, null, from, to);
  }

  private static String key(Repeat repeat) {
    EventHead kept = repeat.kept();
    return kept == null ? "" : kept.identity().key();
  }

  private long accepted(String id, String key) {
    return EventLogTest.accepted(log.append(EventLogTest.event(id, key, "{}")));
  }

  private void again(String id, String key) {
    assertThat(log.append(EventLogTest.event(id, key, "{}")))
        .isInstanceOf(Appended.Duplicate.class);
  }

  private void execute(String statement) {
    int _ = database.write(connection -> Sql.of(statement).update(connection));
  }

  private SliceKeeper keeper(Duration slice, Duration retention) {
    return new SliceKeeper(
        database,
        new Leases(database, Clock.systemUTC()),
        "node",
        new LogSettings(slice, retention, 1 << 20, 100, 100, Duration.ofSeconds(10)),
        List.of());
  }
}
