package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.ActivityLog.Activity;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The story of a key: its events as they were received, delivered again, handled, given up, mended
/// and replayed, and what operators did to the key itself.
public final class LaneTrace implements TraceSource {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST = 200;

  private static final Sql LETTERS =
      Sql.of(
          """
          select *, body is not null as edited from inbox_dead_letter where key = ?
          order by id desc limit ?
          """);

  private static final Sql TENANTS =
      Sql.of("select name, tenant from inbox_connection where name = any(?::text[])");

  private final EventStates states;
  private final ActivityLog activities;

  public LaneTrace(EventStates states, ActivityLog activities) {
    this.states = states;
    this.activities = activities;
  }

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<EventState> events = states.list(EventFilter.ofKey(key), null, MOST).items();
    List<EventStep> told = EventStory.of(connection, events);
    Map<Long, String> tenants = tenants(connection, events);
    List<Step> steps =
        new ArrayList<>(
            told.stream().map(one -> step(one, tenants.getOrDefault(one.position(), ""))).toList());
    Set<Long> letters =
        told.stream().map(EventStep::letter).filter(Objects::nonNull).collect(Collectors.toSet());
    // Of those whose event was dropped, nothing else tells.
    LETTERS.with(key, MOST).list(connection, DeadEvent::of).stream()
        .filter(letter -> !letters.contains(letter.id()))
        .forEach(letter -> tell(letter, steps));
    activities
        .newest(connection, HeldKeys.subject(key), MOST)
        .forEach(act -> steps.add(step(key, act)));
    return steps;
  }

  /// By position, whose events they are; none when they are all of one tenant.
  private static Map<Long, String> tenants(Connection connection, List<EventState> events) {
    String[] names =
        events.stream().map(one -> one.event().connection()).distinct().toArray(String[]::new);
    Map<String, String> byConnection = new HashMap<>();
    TENANTS
        .with((Object) names)
        .list(connection, row -> byConnection.put(row.text("name"), row.text("tenant")));
    Map<Long, String> tenants = new HashMap<>();
    if (Set.copyOf(byConnection.values()).size() > 1) {
      events.forEach(one ->
          tenants.put(
              one.event().position(), byConnection.getOrDefault(one.event().connection(), "")));
    }
    return tenants;
  }

  /// @param tenant named where several have the key; empty: not
  private static Step step(EventStep step, String tenant) {
    return new Step(
        step.at(),
        step.what(),
        "event/" + Positions.text(step.position()),
        step.replay(),
        null,
        (tenant.isEmpty() ? "" : "tenant " + tenant + ": ") + step.detail());
  }

  private static Step step(String key, Activity act) {
    JsonNode details = JSON.readTree(act.details());
    JsonNode reason = details.path("reason");
    JsonNode tenant = details.path("tenant");
    return new Step(
        act.at(),
        act.action().equals(HeldKeys.PARK) ? "key parked" : "key released",
        "key/" + key,
        null,
        null,
        "by "
            + Actor.inWords(act.actor())
            + (tenant.asString("").isEmpty() ? "" : ", for tenant " + tenant.asString())
            + (reason.isString() ? "; " + reason.asString() : ""));
  }

  private static void tell(DeadEvent letter, List<Step> steps) {
    String subject = "event dead letter/" + letter.id();
    String of = letter.handler() + ", " + letter.code() + ": " + letter.reason();
    steps.add(new Step(letter.diedAt(), "given up", subject, letter.replay(), null, of));
    if (letter.at() != null) {
      String by = letter.by() == null ? "" : "by " + Actor.inWords(letter.by());
      steps.add(
          new Step(
              letter.at(),
              letter.state() == DeadEvent.State.OPEN
                  ? "tried again"
                  : letter.state().name().toLowerCase(Locale.ROOT),
              subject,
              letter.replay(),
              null,
              letter.note() == null ? by : by + ": " + letter.note()));
    }
  }
}
