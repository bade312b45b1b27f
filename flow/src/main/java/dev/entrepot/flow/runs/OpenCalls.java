package dev.entrepot.flow.runs;

import dev.entrepot.flow.runs.Call.Tries;
import dev.entrepot.flow.runs.CallStore.Open;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.storage.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls of a run that were made, or were about to be, and whose results nobody wrote down. For one
/// thread.
final class OpenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OpenCalls.class);

  private final RunSession session;
  private final RecordDestination destination;
  private final Comparison comparison;

  OpenCalls(RunSession session, RecordDestination destination) {
    this.session = session;
    this.destination = destination;
    this.comparison = new Comparison(session.steps(), destination instanceof Deleting);
  }

  /// As lookups of those of their items that are still pending in the very step of the call.
  List<Call> calls() {
    List<Open> open = open();
    List<Call> calls = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    Settlement settlement = new Settlement(session);
    for (Open one : open.reversed()) {
      List<Long> records = one.records().stream().filter(seen::add).toList();
      int step = step(one.step());
      List<Item> items = pending(records, step);
      if (items.isEmpty()) {
        settlement.end(one.number(), "settled by other calls");
      } else {
        Tries tries = Tries.NONE.moreUnknown();
        calls.add(new Call(one.number(), step, items, true, tries, System.nanoTime()));
        doubt(one, step, settlement);
      }
    }
    if (!open.isEmpty()) {
      settlement.commit(List.of());
    }
    if (!calls.isEmpty()) {
      LOG.info(
          "run {} of {} has {} calls whose results are unknown",
          session.id(),
          session.tenant(),
          calls.size());
    }
    return calls;
  }

  private List<Open> open() {
    Engine engine = session.engine();
    return engine
        .tenants()
        .read(session.tenant(), tenant -> engine.calls().open(tenant, session.id()));
  }

  /// Counts it among those whose results are unknown, unless it is already.
  private static void doubt(Open one, int step, Settlement settlement) {
    if (!one.doubted()) {
      settlement.unknown(one.number(), step, "nobody wrote its answer down");
    }
  }

  private int step(String name) {
    List<Step> steps = session.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private List<Item> pending(List<Long> records, int step) {
    Engine engine = session.engine();
    List<Item> items =
        engine
            .tenants()
            .all()
            .read(connection -> engine.records().open(connection, session.id(), records));
    Map<String, Map<String, String>> known =
        engine
            .tenants()
            .read(
                session.tenant(),
                tenant ->
                    engine
                        .known()
                        .read(
                            tenant,
                            session.tenant(),
                            session.run().destination(),
                            items.stream().map(Item::key).toList()));
    List<Item> open = new ArrayList<>();
    for (Item item : items) {
      List<Todo> todo = comparison.of(item, known.getOrDefault(item.key(), Map.of())).todo();
      if (!todo.isEmpty() && todo.getFirst().step() == step) {
        item.compared(todo);
        open.add(item);
      }
    }
    return open;
  }

  /// Where nobody can be asked: what they wrote is written again.
  void closeAsUnknown() {
    List<Open> open = open();
    if (open.isEmpty()) {
      return;
    }
    Settlement settlement = new Settlement(session);
    for (Open one : open) {
      doubt(one, step(one.step()), settlement);
      settlement.end(one.number(), "unknown");
    }
    settlement.commit(List.of());
  }

  /// For a run that ends: looks each of them up once. What stays unknown is no longer taken for
  /// known, so that a later run writes it again.
  void resolve() throws InterruptedException {
    for (Call call : calls()) {
      Map<String, Fields> held = ask(call);
      Settlement settlement = new Settlement(session);
      if (destination instanceof Lookup) {
        settlement.tally().addLookup(call.step());
      }
      for (Item item : call.items()) {
        if (held == null) {
          settlement.doubted(item, item.next());
        } else if (Judge.holds(item.next(), held.get(item.key()))) {
          accept(item, settlement);
        }
      }
      settlement.end(call, held == null ? "unknown" : "looked up at the end");
      settlement.commit(List.of());
    }
  }

  private static void accept(Item item, Settlement settlement) {
    settlement.known(item, item.next());
    settlement.tally().addAccepted(item.next().step());
    if (item.todo().size() == 1) {
      settlement.outcome(item, Outcome.WRITTEN);
    }
  }

  /// @return null: it cannot be told
  private @Nullable Map<String, Fields> ask(Call call) throws InterruptedException {
    if (!(destination instanceof Lookup lookup)) {
      return null;
    }
    try {
      return lookup.find(
          session.steps().get(call.step()).name(), call.items().stream().map(Item::key).toList());
    } catch (StorageException e) {
      // Of the budget: the run is taken up again once the database is back.
      throw e;
    } catch (RuntimeException e) {
      LOG.warn(
          "run {} of {}: what call {} wrote cannot be looked up: {}",
          session.id(),
          session.tenant(),
          call.number(),
          e instanceof RemoteException ? e.getMessage() : e.toString());
      return null;
    }
  }
}
