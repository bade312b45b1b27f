package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.storage.StorageException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The work on a run that was taken up: reads and loads until everything is settled or the run
/// halts, then closes its books or lays it aside. For one thread.
final class RunWork {
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);

  @FunctionalInterface
  private interface Task {
    void run() throws InterruptedException;
  }

  private final RunSession session;
  private final Sides sides;
  private final Ending ending;
  private final Consumer<Run> announce;

  /// @param announce told of a run that has ended, or of a plan that is made
  RunWork(RunSession session, Sides sides, Ending ending, Consumer<Run> announce) {
    this.session = session;
    this.sides = sides;
    this.ending = ending;
    this.announce = announce;
  }

  /// @return whether this node is through with it; else it is to be taken up again later
  boolean run() throws InterruptedException {
    RecordDestination destination = sides.destination();
    Backlog backlog =
        new Backlog(session.steps(), Loading.written(session.spec().settings()), session.loads());
    Loading loading = new Loading(session, backlog, destination);
    Set<Long> lookedUp = session.loads() ? loading.recover() : Set.of();
    Extraction extraction = new Extraction(session, backlog, sides.source(), destination, lookedUp);
    session.onHalt(() -> {
      backlog.halt();
      sides.budget().halt();
    });
    Thread extracting = begin("extract", extraction::run);
    if (session.loads()) {
      guarded(loading::run);
    }
    extracting.join();
    if (session.halted().isEmpty()) {
      begin("check", new AccessCheck(session, destination)::run).join();
    }
    if (session.halted().isPresent()) {
      guarded(loading::quiesce);
    }
    return conclude();
  }

  /// On a thread that a halt interrupts.
  private Thread begin(String what, Task task) {
    Thread thread =
        Thread.ofVirtual().name("run-" + session.id() + "-" + what).start(() -> guarded(task));
    session.onHalt(thread::interrupt);
    return thread;
  }

  private void guarded(Task task) {
    MDC.put(RunAttempt.LOGGED_CLIENT, session.tenant());
    try {
      task.run();
    } catch (InterruptedException e) {
      // Only a halt interrupts, and the thread ends with it.
      LOG.debug("run {} of {} halts", session.id(), session.tenant());
    } catch (StorageException e) {
      // An interrupt closes a connection that is in use.
      if (session.halted().isEmpty() || e.code() == StorageException.Code.LEASE_LOST) {
        LOG.warn("run {} of {} breaks off: {}", session.id(), session.tenant(), e.getMessage());
        session.halt(new Halt.Abandoned(String.valueOf(e.getMessage())));
      }
    } catch (RuntimeException | Error e) {
      LOG.error("run {} of {} fails", session.id(), session.tenant(), e);
      session.halt(new Halt.Failed("DEFECT", "an error of the program: " + e));
    }
  }

  private boolean conclude() throws InterruptedException {
    Optional<Halt> halt = session.halted();
    if (halt.filter(Halt.Abandoned.class::isInstance).isEmpty()) {
      keepWhatWasSaid();
    }
    if (halt.isEmpty()) {
      return ended(ending.complete(session.spec().settings().overlap()));
    }
    return switch (halt.get()) {
      case Halt.Abandoned(String reason) -> {
        LOG.info("run {} of {} is let go: {}", session.id(), session.tenant(), reason);
        yield false;
      }
      // Else somebody wants it to go on: it is taken up again at once.
      case Halt.Asked(Run.Wish wish) when wish == Run.Wish.PAUSE ->
          ending.pause() || !ending.toBeCancelled() || cancelled();
      case Halt.Asked _ -> cancelled();
      case Halt.Failed(String code, String reason) -> {
        resolve();
        yield ended(ending.stop(RunState.FAILED, code, reason));
      }
    };
  }

  /// Whatever it ends by, nothing else may be settled any more.
  private void keepWhatWasSaid() {
    if (!session.exchanges().waits()) {
      return;
    }
    session.settle(connection -> {
      session.exchanges().write(connection);
      return session.id();
    });
  }

  private boolean cancelled() throws InterruptedException {
    resolve();
    return ended(ending.cancel());
  }

  private void resolve() throws InterruptedException {
    if (session.loads()) {
      sides.budget().reopen();
      new OpenCalls(session, sides.destination()).resolve();
    }
  }

  private boolean ended(Run run) {
    announce.accept(run);
    return true;
  }
}
