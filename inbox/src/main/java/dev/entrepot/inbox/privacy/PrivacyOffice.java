package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.lanes.EventErasure;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out privacy requests and shows what became of them. Safe for use by many threads and
/// nodes: a case is carried out by one at a time, in small steps that are kept as they are done.
public final class PrivacyOffice {
  /// The most items of a page.
  public static final int LARGEST_PAGE = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(PrivacyOffice.class);
  private static final Actor SELF = Actor.system("privacy");
  private static final Duration DOCUMENTS_KEPT = Duration.ofDays(30);

  private static final Sql LIST =
      Sql.of(
          """
          select * from privacy_request
          where (?::text is null or tenant = ?) and (?::uuid is null or id < ?)
          order by id desc limit ?
          """);

  private static final Sql FIND =
      Sql.of("select * from privacy_request where tenant = ? and id = ?");

  private static final Sql EXPIRE =
      Sql.of(
          """
          with old as (
            update privacy_request set documented = false, email = null
            where id = any(array(
              select id from privacy_request
              where documented and due_at < ? order by id limit ?))
            returning id),
          gone as (delete from privacy_document where request in (select id from old))
          select count(*)::int as expired from old
          """);

  private static final Sql PART =
      Sql.of("select text from privacy_document where request = ? and number = ?");

  private final Database database;
  private final ActivityLog activities;
  private final Function<Connection, HotStore> stores;
  private final EventFinder finder;
  private final List<EventEraser> erasers;
  private final Clock clock;

  /// @param stores gives the hot store whose writes are a part of the given transaction
  /// @param finder of events that are told to customers
  /// @param erasers all parts that keep what events brought, always in the same order
  PrivacyOffice(
      Database database,
      ActivityLog activities,
      Function<Connection, HotStore> stores,
      EventFinder finder,
      List<EventEraser> erasers,
      Clock clock) {
    this.database = database;
    this.activities = activities;
    this.stores = stores;
    this.finder = finder;
    this.erasers = List.copyOf(erasers);
    this.clock = clock;
  }

  /// One for the inbox's own parts.
  ///
  /// @param stores gives the hot store whose writes are a part of the given transaction
  /// @param others other parts that keep what events brought, always in the same order
  public static PrivacyOffice of(
      Database database,
      ActivityLog activities,
      EventLog log,
      Connections connections,
      Function<Connection, HotStore> stores,
      List<EventEraser> others,
      Clock clock) {
    LogSearch search = new LogSearch(log, connections);
    EventErasure erasure = new EventErasure(log, new Ledger(database));
    List<EventEraser> erasers = new ArrayList<>();
    erasers.add(new LogEraser(search, erasure, SELF, clock));
    erasers.add(new LetterEraser(search, erasure, SELF, clock));
    erasers.addAll(others);
    return new PrivacyOffice(database, activities, stores, search, erasers, clock);
  }

  /// Carries out all open cases. One that fails is left for the next time, and says why.
  ///
  /// @return how many were finished
  public int carryOut() {
    return carryOut(() -> true);
  }

  /// Carries out open cases as long as somebody says so, asked between small steps. What was done
  /// is kept; the next time goes on from there.
  ///
  /// @return how many were finished
  public int carryOut(BooleanSupplier goOn) {
    int finished = 0;
    Optional<UUID> next = database.read(connection -> CaseRows.open(connection, null));
    while (next.isPresent() && goOn.getAsBoolean()) {
      UUID id = next.get();
      try {
        finished += carryOut(id, goOn) ? 1 : 0;
      } catch (RuntimeException e) {
        LOG.error("privacy request {} could not be carried out; it is tried again", id, e);
        tellFailure(id, e);
      }
      next = database.read(connection -> CaseRows.open(connection, id));
    }
    return finished;
  }

  private void tellFailure(UUID id, RuntimeException failure) {
    String problem = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    try {
      database.write(transaction -> {
        CaseRows.failed(transaction, id, problem);
        return id;
      });
    } catch (StorageException e) {
      LOG.debug("why request {} failed could not be kept", id, e);
    }
  }

  private boolean carryOut(UUID id, BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      Standing standing =
          database.write(transaction ->
              CaseRows.claim(transaction, id)
                  .map(claimed -> step(transaction, claimed))
                  .orElse(Standing.TAKEN));
      if (standing != Standing.UNDER_WAY) {
        return standing == Standing.DONE;
      }
    }
    return false;
  }

  private enum Standing {
    UNDER_WAY,
    DONE,
    /// Somebody else is at it, or has done it.
    TAKEN
  }

  private Standing step(Connection transaction, CaseRows.Claimed claimed) {
    UUID id = claimed.request().id();
    Instant now = clock.instant();
    CaseWork.Result result =
        new CaseWork(transaction, stores.apply(transaction), finder, erasers, claimed).step(now);
    if (!result.told().isEmpty()) {
      CaseRows.tell(transaction, id, result.told());
    }
    CaseRows.Progress progress = result.progress();
    if (progress != null) {
      CaseRows.progress(transaction, id, progress, result.counts());
      return Standing.UNDER_WAY;
    }
    boolean documented = claimed.request().kind() == PrivacyCase.Kind.CUSTOMER_DATA;
    CaseRows.done(transaction, id, SELF.reference(), now, result.counts(), documented);
    activities.record(
        transaction,
        SELF,
        "privacy." + CaseRows.name(claimed.request().kind()),
        "privacy/" + id,
        Map.of("account", claimed.request().account(), "counts", result.counts()));
    LOG.info("privacy request {} is carried out: {}", id, result.counts());
    return Standing.DONE;
  }

  /// Newest first.
  ///
  /// @param tenant null: everybody's
  /// @param cursor where to go on, as a page said; null: at the beginning
  /// @throws InboxException INVALID for a wrong cursor or size
  public Page<PrivacyCase> list(@Nullable String tenant, @Nullable String cursor, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new InboxException(
          Code.INVALID,
          "size",
          "a page has 1 to " + LARGEST_PAGE + " items, not " + size + "; ask for that many");
    }
    UUID before = cursor == null ? null : parse(cursor);
    List<PrivacyCase> found =
        database.read(connection ->
            LIST.with(tenant, tenant, before, before, size + 1).list(connection, CaseRows::read));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
  }

  public Optional<PrivacyCase> find(String tenant, UUID id) {
    return database.read(connection -> FIND.with(tenant, id).first(connection, CaseRows::read));
  }

  /// What is told of a customer, for somebody who hands it on; that it was taken is recorded.
  ///
  /// @return writes the document as JSON, part by part
  /// @throws InboxException NOT_FOUND when there is no such request or no document of it (any more)
  public Document document(Actor actor, String tenant, UUID id) {
    return database.write(transaction -> {
      PrivacyCase _ =
          FIND.with(tenant, id)
              .first(transaction, CaseRows::read)
              .filter(PrivacyCase::hasDocument)
              .orElseThrow(() ->
                  new InboxException(
                      Code.NOT_FOUND,
                      "there is no document of privacy request "
                          + id
                          + "; only done requests for data have one, until 30 days after they"
                          + " were due"));
      activities.record(
          transaction, actor, "privacy.download", "privacy/" + id, Map.of("tenant", tenant));
      return out -> write(id, out);
    });
  }

  /// A document that may be long.
  @FunctionalInterface
  public interface Document {

    /// In UTF-8.
    void writeTo(OutputStream out) throws IOException;
  }

  private void write(UUID id, OutputStream out) throws IOException {
    int number = 1;
    Optional<String> part = part(id, number);
    while (part.isPresent()) {
      out.write(part.get().getBytes(StandardCharsets.UTF_8));
      number++;
      part = part(id, number);
    }
  }

  private Optional<String> part(UUID id, int number) {
    return database.read(
        connection -> PART.with(id, number).first(connection, row -> row.text("text")));
  }

  /// Removes documents that are not needed any more, in one small step.
  ///
  /// @return how many; call again while there are some
  public int expire(int limit) {
    return database.write(transaction ->
        EXPIRE
            .with(clock.instant().minus(DOCUMENTS_KEPT), limit)
            .one(transaction, row -> row.int4("expired")));
  }

  private static UUID parse(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new InboxException(
          Code.INVALID,
          "cursor",
          "the cursor is not one that a page of this list gave; start again without one");
    }
  }
}
