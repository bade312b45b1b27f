package dev.entrepot.kit.remote;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Calls one account of a system. Each call waits for the account's budget, is made once, and is
/// kept by the recorder without secrets; what the answer says of limits is told to the budget. A
/// system that failed several times in a row is not called for a while. Redirects are not followed.
/// Safe for use by many threads.
///
/// It tells a call that was not sent from one that was sent and not answered. There is one thing it
/// cannot: the JDK's client sends a GET a second time when the connection is cut before the first
/// byte of the answer; other methods are never repeated.
public final class RemoteClient implements AutoCloseable {
  private final RemoteContext context;
  private final SharedAccount account;
  private final Transmission transmission;
  private final OutcomeWords words;
  private final StatusTable table;
  private final AtomicBoolean closed = new AtomicBoolean();

  RemoteClient(
      RemoteParty party,
      RemoteSettings settings,
      SharedAccount account,
      HttpClient http,
      RemoteContext context) {
    this.context = context;
    this.account = account;
    this.table = party.table();
    this.words = new OutcomeWords(party.system(), party.mask());
    this.transmission = new Transmission(http, settings, party, context);
  }

  /// Makes a call.
  ///
  /// @throws InterruptedException when the thread is interrupted before it was sent. Interrupted
  ///   later, it gives [RemoteOutcome.NoAnswer] and keeps the thread's interrupt.
  public RemoteOutcome call(RemoteCall call) throws InterruptedException {
    return switch (account.breaker().ask(context.clock())) {
      case CircuitBreaker.Leave.Refused refused ->
          new RemoteOutcome.NotSent(
              "it failed several times in a row and is left alone until " + refused.until(),
              RemoteException.Code.RESTING,
              refused.after());
      case CircuitBreaker.Leave.Given leave -> {
        awaitBudget(leave);
        yield send(call, leave);
      }
    };
  }

  /// Makes a call that reads, and gives the object in its answer.
  ///
  /// @throws RemoteException when there is none
  /// @throws InterruptedException at once when the thread is interrupted
  public Fields read(RemoteCall call) throws InterruptedException {
    RemoteOutcome outcome = call(call);
    if (outcome instanceof RemoteOutcome.Answered answered
        && table.of(answered.status()) == StatusMeaning.DONE) {
      return words.body(call, answered);
    }
    if (outcome instanceof RemoteOutcome.NoAnswer && Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting for " + call.purpose());
    }
    throw words.unread(call, outcome, table);
  }

  /// Makes a call that reads, and gives the objects of a list in its answer.
  ///
  /// @throws RemoteException when there is none
  public List<Fields> objects(RemoteCall call, String list) throws InterruptedException {
    List<Fields> objects = FieldsLists.objects(read(call), list);
    if (objects == null) {
      throw misunderstood(call, "the answer holds no list \"%s\"".formatted(list));
    }
    return objects;
  }

  /// An answer that is JSON, but not what was to be expected.
  ///
  /// @param what is wrong with it
  public RemoteException misunderstood(RemoteCall call, String what) {
    return words.misunderstood(call, what);
  }

  /// Makes a call that writes.
  ///
  /// @param reader what an answer that says it is done says of each write
  /// @throws RemoteException of the kind STOP
  public WriteAnswer write(RemoteCall call, Function<Fields, WriteAnswer> reader)
      throws InterruptedException {
    return answer(call, call(call), reader);
  }

  /// What the outcome of a call that writes means.
  ///
  /// @throws RemoteException of the kind STOP
  public WriteAnswer answer(
      RemoteCall call, RemoteOutcome outcome, Function<Fields, WriteAnswer> reader) {
    if (outcome instanceof RemoteOutcome.Answered answered
        && table.of(answered.status()) == StatusMeaning.DONE) {
      Fields body;
      try {
        body = answered.status() == 204 ? Fields.EMPTY : FieldsJson.read(answered.body());
      } catch (EventException e) {
        return words.unreadable(call, answered, e);
      }
      return words.hidden(reader.apply(body));
    }
    return words.unwritten(call, outcome, table);
  }

  /// Lets go of the account; its last client closes its connections.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      account.leave();
    }
  }

  private void awaitBudget(CircuitBreaker.Leave.Given leave) throws InterruptedException {
    boolean taken = false;
    try {
      context.budget().take();
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before a call");
      }
      taken = true;
    } finally {
      if (!taken) {
        account.breaker().unused(leave);
      }
    }
  }

  private RemoteOutcome send(RemoteCall call, CircuitBreaker.Leave.Given leave) {
    boolean told = false;
    try {
      RemoteOutcome outcome = transmission.send(call);
      tell(outcome, leave);
      told = true;
      return outcome;
    } finally {
      if (!told) {
        account.breaker().unused(leave);
      }
    }
  }

  private void tell(RemoteOutcome outcome, CircuitBreaker.Leave.Given leave) {
    CircuitBreaker breaker = account.breaker();
    switch (outcome) {
      case RemoteOutcome.Answered answered -> {
        if (table.of(answered.status()) == StatusMeaning.UNAVAILABLE) {
          breaker.failed(leave, context.clock().instant());
        } else {
          breaker.answered(leave);
        }
      }
      case RemoteOutcome.NotSent _ -> breaker.failed(leave, context.clock().instant());
      case RemoteOutcome.NoAnswer _ -> {
        if (Thread.currentThread().isInterrupted()) {
          breaker.unused(leave);
        } else {
          breaker.failed(leave, context.clock().instant());
        }
      }
    }
  }
}
