package dev.entrepot.console.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.access.Role;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ProcessKeyTest {
  @Test
  void isGoodInItsOwnProgramAloneAndListedNowhere() {
    try (Database database = TestDatabase.fresh()) {
      ActivityLog activities = new ActivityLog(database);
      ApiKeys keys = new ApiKeys(database, activities, Clock.systemUTC());
      String key = keys.createForThisProcess("commands on this machine", Role.ADMIN);
      assertThat(keys.find(key).orElseThrow().role()).isEqualTo(Role.ADMIN);
      assertThat(keys.find(key.substring(0, key.length() - 1) + "_")).isEmpty();
      assertThat(keys.list()).isEmpty();
      ApiKeys another = new ApiKeys(database, activities, Clock.systemUTC());
      assertThat(another.find(key)).isEmpty();
    }
  }
}
