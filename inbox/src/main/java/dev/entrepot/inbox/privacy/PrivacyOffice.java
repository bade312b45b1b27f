package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
          select * from privacy_request where tenant = ? and (?::uuid is null or id < ?)
          order by id desc limit ?
          """);

  private static final Sql FIND =
      Sql.of("select * from privacy_request where tenant = ? and id = ?");

  private static final Sql EXPIRE =
      Sql.of(
          """
          update privacy_request set document = null, email = null
          where id = any(array(
            select id from privacy_request
            where document is not null and due_at < ? order by id limit ?))
          """);

  private final Database database;
  private final ActivityLog activities;
  private final Function<Connection, HotStore> stores;
  private final List<EventEraser> erasers;
  private final Clock clock;

  /// @param stores gives the hot store whose writes are a part of the given transaction
  /// @param erasers all parts that keep what events brought, always in the same order
  public PrivacyOffice(
      Database database,
      ActivityLog activities,
      Function<Connection, HotStore> stores,
      List<EventEraser> erasers,
      Clock clock) {
    this.database = database;
    this.activities = activities;
    this.stores = stores;
    this.erasers = List.copyOf(erasers);
    this.clock = clock;
  }

  /// Carries out all open cases. One that fails is left for the next time, and told in the log.
  ///
  /// @return how many were finished
  public int carryOut() {
    int finished = 0;
    Optional<UUID> next = database.read(connection -> CaseRows.open(connection, null));
    while (next.isPresent()) {
      UUID id = next.get();
      try {
        finished += carryOut(id) ? 1 : 0;
      } catch (RuntimeException e) {
        LOG.error("privacy request {} could not be carried out; it is tried again", id, e);
      }
      next = database.read(connection -> CaseRows.open(connection, id));
    }
    return finished;
  }

  private boolean carryOut(UUID id) {
    while (true) {
      Standing standing =
          database.write(transaction ->
              CaseRows.claim(transaction, id)
                  .map(claimed -> step(transaction, claimed))
                  .orElse(Standing.TAKEN));
      if (standing != Standing.UNDER_WAY) {
        return standing == Standing.DONE;
      }
    }
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
        new CaseWork(transaction, stores.apply(transaction), erasers, claimed).step(now);
    CaseRows.Progress progress = result.progress();
    if (progress != null) {
      CaseRows.progress(transaction, id, progress, result.counts());
      return Standing.UNDER_WAY;
    }
    CaseRows.done(transaction, id, SELF.reference(), now, result.counts(), result.document());
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
  /// @param cursor where to go on, as a page said; null: at the beginning
  /// @throws InboxException INVALID for a wrong cursor or size
  public Page<PrivacyCase> list(String tenant, @Nullable String cursor, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new InboxException(
          Code.INVALID,
          "size",
          "a page has 1 to " + LARGEST_PAGE + " items, not " + size + "; ask for that many");
    }
    UUID before = cursor == null ? null : parse(cursor);
    List<PrivacyCase> found =
        database.read(connection ->
            LIST.with(tenant, before, before, size + 1).list(connection, CaseRows::read));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
  }

  public Optional<PrivacyCase> find(String tenant, UUID id) {
    return database.read(connection -> FIND.with(tenant, id).first(connection, CaseRows::read));
  }

  /// What is told of a customer, as JSON, for somebody who hands it on; that it was taken is
  /// recorded.
  ///
  /// @throws InboxException NOT_FOUND when there is no such request or no document of it (any more)
  public String document(Actor actor, String tenant, UUID id) {
    return database.write(transaction -> {
      String document =
          FIND.with(tenant, id)
              .first(transaction, row -> Optional.ofNullable(row.textOrNull("document")))
              .flatMap(Function.identity())
              .orElseThrow(() ->
                  new InboxException(
                      Code.NOT_FOUND,
                      "there is no document of privacy request "
                          + id
                          + "; only done requests for data have one, until 30 days after they"
                          + " were due"));
      activities.record(
          transaction, actor, "privacy.download", "privacy/" + id, Map.of("tenant", tenant));
      return document;
    });
  }

  /// Removes documents that are not needed any more, in one small step.
  ///
  /// @return how many; call again while there are some
  public int expire(int limit) {
    return database.write(transaction ->
        EXPIRE.with(clock.instant().minus(DOCUMENTS_KEPT), limit).update(transaction));
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
