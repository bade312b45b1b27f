package dev.entrepot.inbox.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresHotStoreTest extends HotStoreContract {
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  HotStore at(Instant now) {
    return at(now, TimesToLive.DEFAULT);
  }

  private HotStore at(Instant now, TimesToLive times) {
    return PostgresHotStore.over(database, Clock.fixed(now, ZoneOffset.UTC), times);
  }

  /// Else a replay of an event that is kept still would bring back what was deleted after it.
  @Test
  void aDeletionIsRememberedForLongerThanEventsAreKept() {
    TimesToLive times = TimesToLive.DEFAULT.outlasting(Duration.ofDays(90));
    Instant start = Changes.START;
    HotStore store = at(start, times);
    store.apply(List.of(Changes.deleted(EntityType.PRODUCT, "1", 10, 1)));
    assertThat(at(start.plus(Duration.ofDays(89)), times).expire(10)).isZero();
    assertThat(store.apply(List.of(present(9, 2)))).containsExactly(Effect.STALE);
    assertThat(at(start.plus(Duration.ofDays(107)), times).expire(10)).isOne();
  }

  @Test
  void anInboxRemembersDeletionsByItsRetention() {
    at(Changes.START).apply(List.of(Changes.deleted(EntityType.PRODUCT, "1", 10, 1)));
    assertThat(expiring(Duration.ofDays(90), 89)).isZero();
    assertThat(expiring(Duration.ofDays(30), 89)).isOne();
  }

  /// How many an inbox forgets so many days later.
  private int expiring(Duration retention, int days) {
    try (InboxModule inbox =
        new InboxModule(
            database,
            new SecretSeal(new byte[32]),
            Clock.fixed(Changes.START.plus(Duration.ofDays(days)), ZoneOffset.UTC),
            InboxSettings.of("node", List.of(), List.of())
                .keeping(Duration.ofDays(1), retention))) {
      return inbox.face().hotStore().expire(10);
    }
  }

  @Test
  void theMemoryIsNeverShorterThanUsual() {
    assertThat(TimesToLive.DEFAULT.memory()).isEqualTo(Duration.ofDays(45));
    assertThat(TimesToLive.DEFAULT.outlasting(Duration.ofDays(7)).memory())
        .isEqualTo(Duration.ofDays(45));
    assertThat(TimesToLive.DEFAULT.outlasting(Duration.ofDays(90)).memory())
        .isEqualTo(Duration.ofDays(105));
  }

  private static IncomingChange present(int second, long position) {
    return Changes.present(EntityType.PRODUCT, "1", second, position, "{}", Map.of(), "active");
  }
}
