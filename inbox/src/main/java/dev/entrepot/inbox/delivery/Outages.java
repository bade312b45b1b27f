package dev.entrepot.inbox.delivery;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.ActivityLog.Activity;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The times during which a destination was disabled, as its activities tell.
final class Outages {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_ACTS = 500;

  /// A slice is marked a moment after it is first written to.
  private static final Duration MARKED = Duration.ofHours(1);

  private static final Sql KEPT_SINCE = Sql.of("select min(opened_at) as since from inbox_slice");

  /// @param until null: it goes on
  record Outage(Instant since, @Nullable Instant until) {
    private boolean endedBefore(Instant at) {
      return until != null && until.isBefore(at);
    }
  }

  private Outages() {}

  /// Those of which events can still be kept, oldest first; if there is none, the last one.
  static List<Outage> of(Connection connection, ActivityLog activities, String destination) {
    List<Outage> all =
        all(activities.newest(connection, "destination/" + destination, "destination.", MOST_ACTS));
    if (all.isEmpty()) {
      return all;
    }
    Instant kept =
        KEPT_SINCE
            .one(connection, row -> Optional.ofNullable(row.instantOrNull("since")))
            .orElse(Instant.EPOCH)
            .minus(MARKED);
    List<Outage> some = all.stream().filter(outage -> !outage.endedBefore(kept)).toList();
    return some.isEmpty() ? List.of(all.getLast()) : some;
  }

  private static List<Outage> all(List<Activity> newest) {
    List<Outage> all = new ArrayList<>();
    Instant since = null;
    for (Activity act : newest.reversed()) {
      Optional<Boolean> off = disables(act);
      if (off.isEmpty()) {
        continue;
      }
      if (off.get() && since == null) {
        since = act.at();
      } else if (!off.get() && since != null) {
        all.add(new Outage(since, act.at()));
        since = null;
      }
    }
    if (since != null) {
      all.add(new Outage(since, null));
    }
    return all;
  }

  /// Whether it is disabled after an act; empty: the act changes nothing of that.
  private static Optional<Boolean> disables(Activity act) {
    return switch (act.action()) {
      case "destination.disable" -> Optional.of(true);
      case "destination.create", "destination.update" ->
          Optional.of(
              JSON.readTree(act.details())
                  .path("state")
                  .asString("")
                  .equalsIgnoreCase(Destination.State.DISABLED.name()));
      default -> Optional.empty();
    };
  }
}
