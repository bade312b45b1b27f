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
import java.util.List;
import java.util.Locale;
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

  private final EventStates states;
  private final ActivityLog activities;

  public LaneTrace(EventStates states, ActivityLog activities) {
    this.states = states;
    this.activities = activities;
  }

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<EventStep> told =
        EventStory.of(connection, states.list(EventFilter.ofKey(key), null, MOST).items());
    List<Step> steps = new ArrayList<>(told.stream().map(LaneTrace::step).toList());
    Set<Long> letters =
        told.stream().map(EventStep::letter).filter(Objects::nonNull).collect(Collectors.toSet());
    // Of those whose event was dropped, nothing else tells.
    LETTERS.with(key, MOST).list(connection, DeadEvent::of).stream()
        .filter(letter -> !letters.contains(letter.id()))
        .forEach(letter -> tell(letter, steps));
    activities
        .newest(connection, DeadLetterDesk.subject(key), MOST)
        .forEach(act -> steps.add(step(key, act)));
    return steps;
  }

  private static Step step(EventStep step) {
    return new Step(
        step.at(),
        step.what(),
        "event/" + Positions.text(step.position()),
        step.replay(),
        null,
        step.detail());
  }

  private static Step step(String key, Activity act) {
    JsonNode reason = JSON.readTree(act.details()).path("reason");
    return new Step(
        act.at(),
        act.action().equals(DeadLetterDesk.PARK) ? "key parked" : "key released",
        "key/" + key,
        null,
        null,
        "by " + Actor.inWords(act.actor()) + (reason.isString() ? "; " + reason.asString() : ""));
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
