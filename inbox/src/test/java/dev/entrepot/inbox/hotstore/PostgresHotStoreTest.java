package dev.entrepot.inbox.hotstore;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

final class PostgresHotStoreTest extends HotStoreContract {
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  HotStore at(Instant now) {
    return PostgresHotStore.over(database, Clock.fixed(now, ZoneOffset.UTC), TimesToLive.DEFAULT);
  }
}
