package dev.entrepot.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityLogTest {
  private final Database database = TestDatabase.fresh();
  private final ActivityLog log = new ActivityLog(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void entriesAreListedNewestFirstInPages() {
    List<String> subjects = List.of("vendor/A", "vendor/B", "rule/1", "vendor/C", "vendor/D");
    database.write(transaction -> {
      subjects.forEach(
          subject -> log.record(transaction, Actor.system("test"), "see", subject, Map.of()));
      return subjects;
    });
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<ActivityLog.Activity> page = log.list("vendor/", null, cursor, 3);
      page.items().forEach(activity -> seen.add(activity.subject()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).containsExactly("vendor/D", "vendor/C", "vendor/B", "vendor/A");
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    for (String cursor : List.of("x", "", "99999999999999999999")) {
      assertThatThrownBy(() -> log.list(null, null, cursor, 3))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.code()).isEqualTo(LedgerException.Code.INVALID_CURSOR))
          .hasMessage("cursor is \"" + cursor + "\"; send what the list gave as next");
    }
  }
}
