package dev.entrepot.flow.runs;

import dev.entrepot.flow.runs.Backlog.Finished;
import dev.entrepot.flow.runs.Backlog.Work;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Sends what is pending and settles what comes back. One thread decides and writes to the
/// database: what came of calls and the intent to make the next ones are one transaction. Each call
/// is made by a thread of its own.
final class Loading {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
  private static final int COMPARED_AT_ONCE = 1_000;
  // Calls have time-outs of their own; a connector that keeps none must not keep a run for ever.
  private static final Duration LONGEST = Duration.ofMinutes(15);
  // So long calls may end by themselves when the node stops, and then after they were interrupted.
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration LAST_GRACE = Duration.ofSeconds(60);

  private final RunSession session;
  private final Backlog backlog;
  private final RecordDestination destination;
  private final Comparison comparison;
  private final Judge judge;
  private final Set<Thread> calling = ConcurrentHashMap.newKeySet();
  // The intent of more calls is written down than are made at a time: the next one need not wait
  // for the database.
  private final Semaphore slots;
  private int lastCall;

  Loading(RunSession session, Backlog backlog, RecordDestination destination) {
    this.session = session;
    this.backlog = backlog;
    this.destination = destination;
    this.comparison = new Comparison(session.steps(), destination instanceof Deleting);
    this.judge = new Judge(session, backlog, destination);
    this.slots = new Semaphore(session.spec().settings().concurrency());
  }

  /// How many calls are written down at most before they are settled: one waits for each that is
  /// being made.
  static int written(FlowSettings settings) {
    return 2 * settings.concurrency();
  }

  /// Takes calls up again whose results nobody wrote down. To be called before anything is added.
  ///
  /// @return the records that are being looked up
  Set<Long> recover() {
    lastCall =
        session
            .engine()
            .tenants()
            .read(session.tenant(), tenant -> session.engine().calls().last(tenant, session.id()));
    OpenCalls open = new OpenCalls(session, destination);
    List<Call> lookups = open.calls();
    if (destination instanceof Lookup) {
      lookups.forEach(backlog::addLookup);
      return lookups.stream()
          .flatMap(call -> call.items().stream())
          .map(Item::record)
          .collect(Collectors.toSet());
    }
    open.closeAsUnknown();
    return Set.of();
  }

  /// Works until everything is settled, or the run halts.
  void run() throws InterruptedException {
    for (Work work = backlog.await(COMPARED_AT_ONCE);
        !work.isEmpty();
        work = backlog.await(COMPARED_AT_ONCE)) {
      settle(work).forEach(this::send);
    }
  }

  private List<Call> settle(Work work) {
    boolean settled = false;
    try {
      Settlement settlement = new Settlement(session);
      work.finished().forEach(finished -> judge.judge(finished, settlement));
      work.refused().forEach(item -> judge.stands(item, settlement));
      compare(work.unsure(), settlement);
      List<Call> calls = work.calls().stream().map(this::numbered).toList();
      settlement.commit(calls);
      settled = true;
      return calls;
    } finally {
      if (!settled) {
        backlog.drop(work.calls().size());
      }
    }
  }

  private Call numbered(Call call) {
    return call.asks() ? call : call.numbered(++lastCall);
  }

  /// Against what is known by now.
  private void compare(List<Item> items, Settlement settlement) {
    if (items.isEmpty()) {
      return;
    }
    Map<String, Map<String, String>> known =
        session
            .engine()
            .tenants()
            .read(
                session.tenant(),
                tenant ->
                    session
                        .engine()
                        .known()
                        .read(
                            tenant,
                            session.tenant(),
                            session.run().destination(),
                            items.stream().map(Item::key).toList()));
    for (Item item : items) {
      Comparison.Compared compared = comparison.of(item, known.getOrDefault(item.key(), Map.of()));
      List<Todo> todo = compared.todo();
      settlement.forget(item.key(), compared.obsolete());
      if (todo.isEmpty()) {
        settlement.outcome(item, Outcome.UNCHANGED);
        settlement.afterwards(() -> backlog.release(item));
      } else {
        settlement.afterwards(() -> backlog.compared(item, todo));
      }
    }
  }

  private void send(Call call) {
    Thread thread =
        Thread.ofVirtual()
            .name("run-" + session.id() + "-call-" + call.number())
            .unstarted(
                () -> ScopedValue.where(ExchangeLog.CALL, call.number()).run(() -> make(call)));
    calling.add(thread);
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        finished(thread, call, new CallAnswer.NotSent());
      }
    }
  }

  private void make(Call call) {
    MDC.put(RunAttempt.LOGGED_CLIENT, session.tenant()); // the thread ends with the call
    CallAnswer answer = new CallAnswer.NotSent();
    try {
      slots.acquire();
      try {
        if (!backlog.holds()) {
          Instant began = session.engine().clock().instant();
          long start = System.nanoTime();
          answer = answer(call);
          tell(call, answer, began, Duration.ofNanos(System.nanoTime() - start));
        }
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      // The thread ends here.
    } finally {
      finished(Thread.currentThread(), call, answer);
    }
  }

  private void finished(Thread thread, Call call, CallAnswer answer) {
    calling.remove(thread);
    backlog.finished(call, answer);
  }

  private void tell(Call call, CallAnswer answer, Instant began, Duration took) {
    session
        .engine()
        .observer()
        .call(
            session.id(),
            session.tenant(),
            session.steps().get(call.step()).name(),
            call.number(),
            call.items().size(),
            began,
            took,
            words(answer));
  }

  private static String words(CallAnswer answer) {
    return switch (answer) {
      case CallAnswer.Written written -> written.answer().getClass().getSimpleName();
      case CallAnswer.Found _ -> "looked up";
      case CallAnswer.Refused(RemoteException e) -> e.code().name();
      case CallAnswer.NotSent() -> "not sent";
      case CallAnswer.Broken _ -> "broken";
    };
  }

  private CallAnswer answer(Call call) {
    if (!session.holdsLease()) {
      session.halt(new Halt.Abandoned("its lease ran out"));
      return new CallAnswer.NotSent();
    }
    String step = session.steps().get(call.step()).name();
    try {
      if (call.asks() && destination instanceof Lookup lookup) {
        return new CallAnswer.Found(
            lookup.find(step, call.items().stream().map(Item::key).toList()));
      }
      List<Write> writes = call.items().stream().map(item -> item.next().write()).toList();
      return new CallAnswer.Written(destination.write(step, writes));
    } catch (InterruptedException e) {
      // The thread ends here.
      return new CallAnswer.NotSent();
    } catch (RemoteException e) {
      return new CallAnswer.Refused(e);
    } catch (StorageException e) {
      // Of the budget, which is asked before anything is sent.
      session.halt(new Halt.Abandoned(String.valueOf(e.getMessage())));
      return new CallAnswer.NotSent();
    } catch (RuntimeException | Error e) {
      LOG.error(
          "call {} of run {} of {} broke off", call.number(), session.id(), session.tenant(), e);
      return new CallAnswer.Broken(e);
    }
  }

  /// After a halt: waits for the answers to calls that were sent, and settles what came back; no
  /// other call is made. Only when the node has to let go of the run, they are cut. What is still
  /// unknown then is left open.
  void quiesce() throws InterruptedException {
    backlog.halt();
    Optional<List<Finished>> finished = backlog.awaitQuiet(LONGEST, () -> !session.abandoned());
    if (finished.isEmpty() && session.abandoned()) {
      finished = backlog.awaitQuiet(GRACE, () -> true);
    }
    if (finished.isEmpty()) {
      calling.forEach(Thread::interrupt);
      finished = backlog.awaitQuiet(LAST_GRACE, () -> true);
    }
    if (finished.isEmpty() || !session.holdsLease()) {
      return;
    }
    Settlement settlement = new Settlement(session);
    finished.get().forEach(one -> judge.judge(one, settlement));
    if (session.ends()) {
      backlog.takeRefused().forEach(item -> judge.stands(item, settlement));
    }
    settlement.commit(List.of());
  }
}
