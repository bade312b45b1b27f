package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.hotstore.Entity;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.hotstore.Person;
import dev.entrepot.inbox.privacy.CaseRows.Claimed;
import dev.entrepot.inbox.privacy.CaseRows.Progress;
import dev.entrepot.inbox.privacy.PrivacyCase.Kind;
import dev.entrepot.spi.event.EntityType;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One small step of carrying out a case, within a transaction. The events go first: which they are
/// is known by the hot store, which goes after them.
final class CaseWork {
  private static final int LIMIT = 1_000;
  private static final int MOST_TOLD = 10_000;
  private static final String EVENTS = "events";
  private static final String HOT_STORE = "hot-store";
  private static final String TRACES = "alerts-and-requests";

  private final Connection transaction;
  private final HotStore store;
  private final EventFinder finder;
  private final List<EventEraser> erasers;
  private final Claimed claimed;

  CaseWork(
      Connection transaction,
      HotStore store,
      EventFinder finder,
      List<EventEraser> erasers,
      Claimed claimed) {
    this.transaction = transaction;
    this.store = store;
    this.finder = finder;
    this.erasers = erasers;
    this.claimed = claimed;
  }

  /// How it stands after a step.
  ///
  /// @param progress null: done
  /// @param told what is to be added to the case's document; empty: nothing
  record Result(@Nullable Progress progress, Map<String, Long> counts, String told) {}

  Result step(Instant now) {
    PrivacyCase request = claimed.request();
    int part = claimed.progress().part();
    if (request.kind() == Kind.CUSTOMER_DATA) {
      return part == 0 ? tellEntities(now) : tellEvents();
    }
    if (part < erasers.size()) {
      EventEraser eraser = erasers.get(part);
      EventEraser.Step step = eraser.erase(transaction, scope(), claimed.progress().place(), LIMIT);
      return after(eraser.name(), step);
    }
    return part == erasers.size()
        ? after(HOT_STORE, small(eraseEntities()))
        : after(TRACES, small(eraseTraces()));
  }

  private Result tellEntities(Instant now) {
    List<Entity> entities = store.of(person(), MOST_TOLD);
    return new Result(
        new Progress(1, 0),
        Map.of(HOT_STORE, (long) entities.size()),
        CustomerExport.beginning(claimed.request(), entities, now));
  }

  private Result tellEvents() {
    Map<String, Long> counts = new HashMap<>(claimed.request().counts());
    StringBuilder told = new StringBuilder();
    EventFinder.Looked looked =
        finder.look(
            transaction,
            scope(),
            claimed.progress().place(),
            LIMIT,
            event -> {
              long number = counts.merge(EVENTS, 1L, Long::sum);
              told.append(CustomerExport.event(event, number == 1));
            });
    counts.putIfAbsent(EVENTS, 0L);
    return looked.finished()
        ? new Result(null, counts, told.append(CustomerExport.END).toString())
        : new Result(new Progress(1, looked.reached()), counts, told.toString());
  }

  private Result after(String name, EventEraser.Step step) {
    Map<String, Long> counts = new HashMap<>(claimed.request().counts());
    counts.merge(name, (long) step.erased(), Long::sum);
    int part = claimed.progress().part();
    if (!step.finished()) {
      return new Result(new Progress(part, step.reached()), counts, "");
    }
    boolean last = part == erasers.size() + 1;
    return new Result(last ? null : new Progress(part + 1, 0), counts, "");
  }

  private static EventEraser.Step small(int erased) {
    return new EventEraser.Step(erased, 0, erased == 0);
  }

  private int eraseEntities() {
    PrivacyCase request = claimed.request();
    return request.kind() == Kind.ACCOUNT_REDACT
        ? store.eraseAccount(request.tenant(), request.account(), LIMIT)
        : store.erase(person(), request.receivedAt(), request.position(), LIMIT);
  }

  private int eraseTraces() {
    PrivacyCase request = claimed.request();
    return request.kind() == Kind.ACCOUNT_REDACT
        ? Traces.eraseAccount(transaction, request.tenant(), request.account(), LIMIT)
        : Traces.eraseCustomer(
            transaction, request.tenant(), request.account(), customer(), request.email());
  }

  private EventEraser.Scope scope() {
    PrivacyCase request = claimed.request();
    if (request.kind() == Kind.ACCOUNT_REDACT) {
      return new EventEraser.Scope.OfAccount(
          request.tenant(), request.account(), request.receivedAt());
    }
    Person person = person();
    Set<EntityKey> entities = new HashSet<>();
    store.of(person, MOST_TOLD).forEach(entity -> entities.add(entity.key()));
    for (String order : request.orders()) {
      entities.add(new EntityKey(request.tenant(), EntityType.ORDER, request.account(), order));
    }
    return new EventEraser.Scope.OfCustomer(
        request.tenant(),
        request.account(),
        customer(),
        person.email(),
        entities,
        request.receivedAt());
  }

  private Person person() {
    PrivacyCase request = claimed.request();
    return new Person(
        request.tenant(), request.account(), customer(), request.email(), request.orders());
  }

  private String customer() {
    return Objects.requireNonNull(claimed.request().customer(), "a customer's case names one");
  }
}
