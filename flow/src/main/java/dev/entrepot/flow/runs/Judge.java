package dev.entrepot.flow.runs;

import dev.entrepot.flow.runs.Backlog.Finished;
import dev.entrepot.flow.runs.Call.Tries;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.destination.WriteResult.Accepted;
import dev.entrepot.spi.destination.WriteResult.Rejected;
import dev.entrepot.spi.destination.WriteResult.RetryLater;
import dev.entrepot.spi.destination.WriteResult.Unknown;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Decides what an answer means for each of a call's items, and what is done next. For one thread.
final class Judge {
  /// Of records that were given up for now, after as many tries as the policy allows.
  static final String GAVE_UP = "GAVE_UP";

  private final RunSession session;
  private final Backlog backlog;
  private final boolean asks;
  private final RetryPolicy policy;
  private final DestinationHealth health;

  Judge(RunSession session, Backlog backlog, RecordDestination destination) {
    this.session = session;
    this.backlog = backlog;
    this.asks = destination instanceof Lookup;
    this.policy = session.spec().settings().retry();
    this.health = new DestinationHealth(policy);
  }

  void judge(Finished finished, Settlement settlement) {
    Call call = finished.call();
    switch (finished.answer()) {
      case CallAnswer.Written(WriteAnswer.Each(List<WriteResult> results)) ->
          each(call, results, settlement);
      case CallAnswer.Written(WriteAnswer.Whole(WriteResult result)) ->
          whole(call, result, settlement);
      case CallAnswer.Found(Map<String, Fields> held) -> found(call, held, settlement);
      case CallAnswer.Refused(RemoteException exception) -> refused(call, exception, settlement);
      case CallAnswer.NotSent() -> notSent(call, settlement);
      case CallAnswer.Broken(Throwable cause) ->
          broken(call, "the connector failed: " + cause, settlement);
    }
  }

  private void broken(Call call, String reason, Settlement settlement) {
    if (call.asks()) {
      lookupLater(call, new RetryLater(Code.FAULT, reason, null), settlement);
    } else {
      unknown(call, call.items(), reason, settlement);
    }
  }

  private void each(Call call, List<WriteResult> results, Settlement settlement) {
    if (results.size() != call.items().size()) {
      String reason =
          "%d results came for %d writes".formatted(results.size(), call.items().size());
      unknown(call, call.items(), reason, settlement);
      return;
    }
    Map<Code, List<Item>> later = new LinkedHashMap<>();
    Map<Code, RetryLater> why = new LinkedHashMap<>();
    List<Item> unknown = new ArrayList<>();
    String reason = "";
    for (int i = 0; i < results.size(); i++) {
      Item item = call.items().get(i);
      switch (results.get(i)) {
        case Accepted() -> accept(item, settlement);
        case Rejected rejected -> refuse(item, rejected, settlement);
        case RetryLater retry -> {
          later.computeIfAbsent(retry.why(), code -> new ArrayList<>()).add(item);
          why.put(retry.why(), retry);
        }
        case Unknown(String words) -> {
          unknown.add(item);
          reason = words;
        }
      }
    }
    int rejected = (int) results.stream().filter(result -> result instanceof Rejected).count();
    if (rejected > 0) {
      settlement.rejected(call, rejected);
    }
    if (unknown.isEmpty() || !asks) {
      settlement.end(call, later.isEmpty() ? "answered" : "answered, some to be tried again");
    }
    why.forEach((code, retry) ->
        later(call, later.getOrDefault(code, List.of()), retry, false, settlement));
    if (!unknown.isEmpty()) {
      unknown(call, unknown, reason, settlement);
    }
  }

  private void whole(Call call, WriteResult result, Settlement settlement) {
    switch (result) {
      case Accepted() -> {
        call.items().forEach(item -> accept(item, settlement));
        settlement.end(call, "accepted");
      }
      case Rejected(String code, String reason) -> halve(call, code, reason, settlement);
      case RetryLater retry when retry.why() == Code.RESTING -> rest(call, retry, settlement);
      case RetryLater retry -> {
        settlement.end(call, retry.why() + ": " + retry.reason());
        settlement.tally().addPutOff(call.step());
        later(call, call.items(), retry, true, settlement);
      }
      case Unknown(String reason) -> unknown(call, call.items(), reason, settlement);
    }
  }

  private void accept(Item item, Settlement settlement) {
    health.well();
    Todo todo = item.next();
    settlement.known(item, todo);
    settlement.tally().addAccepted(todo.step());
    if (item.todo().size() == 1) {
      settlement.outcome(item, Outcome.WRITTEN);
    }
    settlement.afterwards(() -> backlog.accepted(item));
  }

  private void refuse(Item item, Rejected rejected, Settlement settlement) {
    health.well();
    item.rejected(rejected);
    if (item.triedTwice()) {
      stands(item, settlement);
    } else {
      settlement.afterwards(() -> backlog.setAside(item));
    }
  }

  /// A rejection is final for this run.
  void stands(Item item, Settlement settlement) {
    Rejected rejected = item.rejected().orElseThrow();
    reject(item, rejected.code(), rejected.reason(), settlement);
  }

  private void reject(Item item, String code, String words, Settlement settlement) {
    String step = session.steps().get(item.next().step()).name();
    String before =
        item.done().isEmpty() ? "" : "; " + String.join(", ", item.done()) + " was written before";
    settlement.reject(item, code, "step " + step + ": " + words + before);
    settlement.tally().addRejected(item.next().step());
    settlement.afterwards(() -> backlog.release(item));
  }

  /// One of them may be guilty for all.
  private void halve(Call call, String code, String reason, Settlement settlement) {
    health.well();
    List<Item> items = call.items();
    settlement.rejected(call, items.size());
    if (items.size() == 1) {
      settlement.end(call, "rejected");
      reject(items.getFirst(), code, reason, settlement);
      return;
    }
    settlement.end(call, "rejected as a whole, halved: " + reason);
    long now = System.nanoTime();
    List<Item> first = items.subList(0, items.size() / 2);
    List<Item> second = items.subList(items.size() / 2, items.size());
    settlement.afterwards(() -> {
      backlog.repeat(call.part(first, Tries.NONE, now));
      backlog.repeat(call.part(second, Tries.NONE, now));
    });
  }

  /// @param whole whether the call failed as such, and not each of the items by itself
  private void later(
      Call call, List<Item> items, RetryLater retry, boolean whole, Settlement settlement) {
    Code why = retry.why();
    Tries tries = call.tries().more(why);
    int made = tries.made(why);
    switch (why) {
      case FAULT -> health.failed(made == 1 && !tries.halved());
      case UNAVAILABLE -> health.unavailable();
      case RESTING, THROTTLED, DENIED, REFUSED -> {}
    }
    if (why == Code.UNAVAILABLE && health.gone(made)) {
      haltAsGone(retry.reason());
      return;
    }
    if (enough(made, why)) {
      String words = "given up after %d tries: %s".formatted(made, retry.reason());
      giveUp(call, items, words, whole && why != Code.THROTTLED, settlement);
      return;
    }
    long from = System.nanoTime() + pause(made, retry.after());
    settlement.afterwards(() -> {
      holdWhenUnwell(why, from);
      backlog.repeat(call.part(items, tries, from));
    });
  }

  /// While nothing at all gets through, no call is given up for itself.
  private boolean enough(int made, Code why) {
    return made >= policy.tries(why) && !(why == Code.UNAVAILABLE && health.outage());
  }

  /// Nothing was sent: it is no try, and no call.
  private void rest(Call call, RetryLater retry, Settlement settlement) {
    if (call.asks()) {
      settlement.tally().takeLookupBack(call.step());
    } else {
      settlement.tally().takeCallBack(call.step());
      settlement.end(call, "not sent");
    }
    long from = System.nanoTime() + pause(1, retry.after());
    settlement.afterwards(() -> {
      backlog.hold(from);
      backlog.repeat(call.again(call.tries(), from));
    });
  }

  /// Others would fare no better, and take as long to find out.
  private void haltAsGone(String reason) {
    session.halt(
        new Halt.Failed(
            Code.UNAVAILABLE.name(),
            "the destination was not available for %d calls in a row: %s"
                .formatted(health.unavailableInARow(), reason)));
  }

  /// What failed for good. One of them may be guilty for all: then halves fare better.
  private void giveUp(
      Call call, List<Item> items, String words, boolean whole, Settlement settlement) {
    if (health.broken()) {
      // What is pending is skipped, and comes again.
      session.halt(
          new Halt.Failed(
              Code.FAULT.name(),
              "the destination took nothing in %d calls in a row: %s"
                  .formatted(health.failedInARow(), words)));
    } else if (whole && items.size() > 1 && !health.hopeless()) {
      Call first = half(call, items.subList(0, items.size() / 2));
      Call second = half(call, items.subList(items.size() / 2, items.size()));
      settlement.afterwards(() -> backlog.split(first, second));
    } else {
      items.forEach(item -> reject(item, GAVE_UP, words, settlement));
    }
  }

  private Call half(Call call, List<Item> items) {
    return call.part(items, Tries.ofHalf(policy, items.size()), System.nanoTime());
  }

  private void holdWhenUnwell(Code why, long until) {
    if (why.kind() == RemoteException.Kind.BACK_OFF) {
      backlog.hold(until);
    }
  }

  private long pause(int made, @Nullable Duration told) {
    return policy.pause(made, told, ThreadLocalRandom.current().nextDouble()).toNanos();
  }

  private void unknown(Call call, List<Item> items, String reason, Settlement settlement) {
    Tries tries = call.tries().moreUnknown();
    health.failed(tries.unknown() == 1 && !tries.halved());
    settlement.unknown(call.number(), call.step(), reason);
    if (asks) {
      // Its row stays open: whoever goes on after a crash looks it up as well.
      Call lookup = new Call(call.number(), call.step(), items, true, tries, System.nanoTime());
      settlement.afterwards(() -> backlog.repeat(lookup));
      return;
    }
    settlement.end(call, "unknown: " + reason);
    items.forEach(item -> settlement.doubted(item, item.next()));
    again(call, items, tries, reason, settlement);
  }

  /// Writes what may or may not be written once more.
  private void again(
      Call call, List<Item> items, Tries tries, String reason, Settlement settlement) {
    if (tries.unknown() >= policy.unknownTries()) {
      items.forEach(item -> settlement.doubted(item, item.next()));
      String words =
          "given up after %d calls without a result: %s".formatted(tries.unknown(), reason);
      giveUp(call, items, words, true, settlement);
      return;
    }
    long from = System.nanoTime() + pause(tries.unknown(), null);
    settlement.afterwards(() -> backlog.repeat(call.part(items, tries, from)));
  }

  private void found(Call call, Map<String, Fields> held, Settlement settlement) {
    List<Item> missing = new ArrayList<>();
    for (Item item : call.items()) {
      if (holds(item.next(), held.get(item.key()))) {
        accept(item, settlement);
      } else {
        missing.add(item);
      }
    }
    settlement.end(
        call,
        "looked up: %d of %d were written"
            .formatted(call.items().size() - missing.size(), call.items().size()));
    if (!missing.isEmpty()) {
      again(call, missing, call.tries(), "it was not written when looked up", settlement);
    }
  }

  static boolean holds(Todo todo, @Nullable Fields held) {
    return todo.deletes()
        ? held == null
        : held != null && Content.holds(held, todo.write().fields());
  }

  private void refused(Call call, RemoteException exception, Settlement settlement) {
    String reason = String.valueOf(exception.getMessage());
    if (exception.code().kind() == RemoteException.Kind.STOP) {
      session.halt(new Halt.Failed(exception.code().name(), reason));
      if (!call.asks()) {
        settlement.end(call, exception.code() + ": " + reason);
      }
      return;
    }
    RetryLater retry = new RetryLater(exception.code(), reason, exception.after().orElse(null));
    if (retry.why() == Code.RESTING) {
      rest(call, retry, settlement);
      return;
    }
    if (!call.asks()) {
      settlement.end(call, exception.code() + ": " + reason);
      settlement.tally().addPutOff(call.step());
      later(call, call.items(), retry, true, settlement);
      return;
    }
    lookupLater(call, retry, settlement);
  }

  private void lookupLater(Call call, RetryLater retry, Settlement settlement) {
    Tries tries = call.tries().more(retry.why());
    int made = tries.made(retry.why());
    if (retry.why() == Code.UNAVAILABLE) {
      health.unavailable();
      if (health.gone(made)) {
        // Its row stays open: it is looked up once more at the end.
        haltAsGone(retry.reason());
        return;
      }
    }
    if (enough(made, retry.why())) {
      settlement.end(call, "unknown, and cannot be looked up: " + retry.reason());
      String words =
          "whether it was written is unknown, and it cannot be looked up: " + retry.reason();
      call.items()
          .forEach(item -> {
            settlement.doubted(item, item.next());
            reject(item, GAVE_UP, words, settlement);
          });
      return;
    }
    long from = System.nanoTime() + pause(made, retry.after());
    settlement.afterwards(() -> {
      holdWhenUnwell(retry.why(), from);
      backlog.repeat(call.again(tries, from));
    });
  }

  private void notSent(Call call, Settlement settlement) {
    if (call.asks()) {
      settlement.tally().takeLookupBack(call.step());
    } else {
      settlement.tally().takeCallBack(call.step());
      settlement.end(call, "not sent");
    }
    settlement.afterwards(() -> backlog.repeat(call.again(call.tries(), System.nanoTime())));
  }
}
