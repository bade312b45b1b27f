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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The story of a key: its events as they were received, delivered again, handled, given up, mended
/// and replayed, and what operators did to the key itself.
public final class LaneTrace implements TraceSource {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST = 200;

  private static final Sql LETTERS =
      Sql.of(
          DeadLetterDesk.COLUMNS
              + """
               and key = ?
                and (?::text is null or connection in (select name from inbox_connection where tenant = ?))
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

  private record Letter(DeadEvent letter, @Nullable String tenant) {}

  @Override
  public List<Step> trace(Connection connection, String key) {
    return story(connection, key, null);
  }

  @Override
  public List<Step> trace(Connection connection, String key, String tenant) {
    return story(connection, key, tenant);
  }

  private List<Step> story(Connection connection, String key, @Nullable String tenant) {
    List<EventState> events =
        states.list(EventFilter.ofKey(key).ofTenant(tenant), null, MOST).items();
    List<EventStep> told = EventStory.of(connection, events);
    Map<Long, String> tenants = tenants(connection, events);
    boolean several = Set.copyOf(tenants.values()).size() > 1;
    List<Step> steps =
        new ArrayList<>(
            told.stream().map(one -> step(one, tenants.get(one.position()), several)).toList());
    Set<Long> letters =
        told.stream().map(EventStep::letter).filter(Objects::nonNull).collect(Collectors.toSet());
    // Of those whose event was dropped, nothing else tells.
    LETTERS
        .with(key, tenant, tenant, MOST)
        .list(connection, row -> new Letter(DeadEvent.of(row), named(row.text("tenant"))))
        .stream()
        .filter(one -> !letters.contains(one.letter().id()))
        .forEach(one -> tell(one, steps));
    activities.newest(connection, HeldKeys.subject(key), MOST).stream()
        .map(act -> step(key, act))
        .filter(step -> tenant == null || tenant.equals(step.tenant()))
        .forEach(steps::add);
    return steps;
  }

  private static @Nullable String named(String tenant) {
    return tenant.isEmpty() ? null : tenant;
  }

  /// By position, whose events they are.
  private static Map<Long, String> tenants(Connection connection, List<EventState> events) {
    String[] names =
        events.stream().map(one -> one.event().connection()).distinct().toArray(String[]::new);
    Map<String, String> byConnection = new HashMap<>();
    TENANTS
        .with((Object) names)
        .list(connection, row -> byConnection.put(row.text("name"), row.text("tenant")));
    Map<Long, String> tenants = new HashMap<>();
    for (EventState one : events) {
      String tenant = byConnection.get(one.event().connection());
      if (tenant != null) {
        tenants.put(one.event().position(), tenant);
      }
    }
    return tenants;
  }

  /// @param several whether several have the key: the tenant is named then
  private static Step step(EventStep step, @Nullable String tenant, boolean several) {
    return new Step(
            step.at(),
            step.what(),
            "event/" + Positions.text(step.position()),
            step.replay(),
            null,
            (several && tenant != null ? "tenant " + tenant + ": " : "") + step.detail())
        .of(tenant);
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
                + (reason.isString() ? "; " + reason.asString() : ""))
        .of(named(tenant.asString("")));
  }

  private static void tell(Letter told, List<Step> steps) {
    DeadEvent letter = told.letter();
    String subject = "event dead letter/" + letter.id();
    String of = letter.handler() + ", " + letter.code() + ": " + letter.reason();
    steps.add(
        new Step(letter.diedAt(), "given up", subject, letter.replay(), null, of)
            .of(told.tenant()));
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
                  letter.note() == null ? by : by + ": " + letter.note())
              .of(told.tenant()));
    }
  }
}
