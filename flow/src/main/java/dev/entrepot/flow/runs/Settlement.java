package dev.entrepot.flow.runs;

import dev.entrepot.flow.runs.KnownStore.Forgotten;
import dev.entrepot.flow.runs.KnownStore.Known;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of some calls, to be committed at once. For one thread.
final class Settlement {
  private record Refusal(Item item, String code, String reason) {
    RejectedStore.Refused outstanding() {
      return new RejectedStore.Refused(item.key(), item.record(), code, reason);
    }
  }

  private static final Sql AGAIN = Sql.of("update flow_run set again = again + ? where id = ?");

  private final RunSession session;
  private final StepTally tally;
  private final List<Known> known = new ArrayList<>();
  private final List<Forgotten> forgotten = new ArrayList<>();
  private final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<Integer, String> ended = new LinkedHashMap<>();
  private final Map<Integer, Integer> rejected = new LinkedHashMap<>();
  private final Map<Integer, String> unknown = new LinkedHashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private final Map<String, Long> taken = new LinkedHashMap<>();

  Settlement(RunSession session) {
    this.session = session;
    this.tally = new StepTally(session.steps());
  }

  StepTally tally() {
    return tally;
  }

  void known(Item item, Todo todo) {
    String step = session.steps().get(todo.step()).name();
    if (todo.deletes()) {
      forgotten.add(new Forgotten(item.key(), step));
    } else {
      known.add(new Known(item.key(), step, todo.content(), item.record()));
    }
  }

  /// It cannot be told any more what the destination holds.
  void doubted(Item item, Todo todo) {
    forgotten.add(new Forgotten(item.key(), session.steps().get(todo.step()).name()));
  }

  /// What is known of steps that a thing has no need of any more.
  void forget(String key, List<String> steps) {
    steps.forEach(step -> forgotten.add(new Forgotten(key, step)));
  }

  void outcome(Item item, Outcome outcome) {
    outcomes.put(item.record(), outcome);
    taken.merge(item.key(), item.record(), Math::max);
  }

  /// It comes again with the next run.
  void reject(Item item, String code, String reason) {
    outcomes.put(item.record(), Outcome.REJECTED);
    refusals.add(new Refusal(item, StorableText.repair(code), StorableText.repair(reason)));
  }

  void end(Call call, String result) {
    end(call.number(), result);
  }

  void end(int call, String result) {
    ended.put(call, StorableText.repair(result));
  }

  /// The destination rejected so many of a call's items.
  void rejected(Call call, int items) {
    rejected.put(call.number(), items);
  }

  /// A call has no result so far.
  void unknown(int call, int step, String reason) {
    tally.addUnknown(step);
    unknown.put(call, StorableText.repair("unknown: " + reason));
  }

  /// To be done in memory once all is committed.
  void afterwards(Runnable act) {
    afterwards.add(act);
  }

  /// Commits it together with the intent to make some calls.
  void commit(List<Call> calls) {
    calls.stream().filter(call -> !call.asks()).forEach(call -> tally.addCall(call.step()));
    calls.stream().filter(Call::asks).forEach(call -> tally.addLookup(call.step()));
    session.settle(connection -> {
      // What others wait for, such as the books, comes last.
      List<DeadLetter> letters = session.within(connection, tenant -> write(tenant, calls));
      session.engine().ledger().move(connection, session.id(), Outcome.PENDING, outcomes);
      session.engine().letters().keep(connection, letters);
      return letters.size();
    });
    afterwards.forEach(Runnable::run);
  }

  private List<DeadLetter> write(Connection connection, List<Call> calls) {
    Engine engine = session.engine();
    FlowSpec spec = session.spec();
    engine
        .known()
        .write(connection, spec.tenant(), session.run().destination(), session.id(), known);
    engine.known().forget(connection, spec.tenant(), session.run().destination(), forgotten);
    engine.calls().doubt(connection, session.id(), unknown);
    engine.calls().end(connection, session.id(), ended, rejected);
    engine.calls().begin(connection, session.id(), spec.tenant(), spec.steps(), calls);
    session.exchanges().write(connection);
    List<DeadLetter> letters = letters(connection);
    if (session.rejections()) {
      engine.rejected().settled(connection, session.run(), taken);
    }
    if (!refusals.isEmpty()) {
      keep(connection);
    }
    engine.runs().count(connection, session.id(), tally);
    return letters;
  }

  private void keep(Connection connection) {
    session.keepsRejections();
    session
        .engine()
        .rejected()
        .keep(connection, session.run(), refusals.stream().map(Refusal::outstanding).toList());
    AGAIN.with((long) refusals.size(), session.id()).updateOne(connection);
  }

  private List<DeadLetter> letters(Connection connection) {
    List<Long> records = refusals.stream().map(refusal -> refusal.item().record()).toList();
    Map<Long, String> sources =
        session.engine().records().sources(connection, session.id(), records);
    Map<Long, String> reasons = new LinkedHashMap<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (Refusal refusal : refusals) {
      long record = refusal.item().record();
      reasons.put(record, refusal.code() + ": " + refusal.reason());
      letters.add(
          DeadLetter.open(
              session.id(),
              record,
              0,
              refusal.item().key(),
              null,
              refusal.code(),
              refusal.reason(),
              problems(refusal),
              List.of(sources.getOrDefault(record, "{}")),
              true));
    }
    session.engine().records().explain(connection, session.id(), reasons);
    return letters;
  }

  private static String problems(Refusal refusal) {
    StringBuilder text = new StringBuilder();
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("code", refusal.code());
    problem.put("message", refusal.reason());
    Content.write(text, List.of(problem));
    return text.toString();
  }
}
