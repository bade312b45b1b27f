package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Owns the table `refused_file`.
public final class RefusedFileStore implements RefusedFiles {
  private static final Duration KEPT = Duration.ofDays(90);
  private static final List<String> HELD_UP = List.of(UNREADABLE, NOT_MOVED, INTERNAL);

  private static final Sql LIST =
      Sql.of(
          """
          select * from refused_file
          where (?::uuid is null or id < ?) and (? or dismissed_at is null)
          order by id desc
          limit ?
          """);

  private static final Sql OPEN =
      Sql.of("select count(*) n from refused_file where dismissed_at is null");

  private static final Sql FIND = Sql.of("select * from refused_file where id = ?");

  private static final Sql ADD =
      Sql.of(
          """
          insert into refused_file (id, vendor, file_name, kept_at, code, reason, refused_at)
          values (?, ?, ?, ?, ?, ?, ?)
          """);

  private static final Sql TELL_AGAIN =
      Sql.of(
          """
          update refused_file set kept_at = ?, reason = ?
          where id = (
            select id from refused_file
            where kept_at = ? and code = ? and dismissed_at is null
            order by id limit 1)
          returning id
          """);

  private static final Sql KEPT_AT =
      Sql.of("update refused_file set kept_at = ?, reason = ? where id = ?");

  private static final Sql SETTLE =
      Sql.of(
          """
          update refused_file set dismissed_at = ?, dismissed_by = ?
          where kept_at = ? and code = any(?) and dismissed_at is null
          """);

  private static final Sql FORGET = Sql.of("delete from refused_file where refused_at < ?");

  private static final Sql DISMISS =
      Sql.of(
          """
          update refused_file set dismissed_at = ?, dismissed_by = ?
          where id = ? and dismissed_at is null
          """);

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;

  public RefusedFileStore(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  @Override
  public Page<RefusedFile> list(Selection selection, @Nullable String cursor, int size) {
    int lookAhead = Cursor.lookAhead(size);
    UUID before = Cursor.parse(cursor).map(Cursor::uuid).orElse(null);
    return database.read(connection ->
        Cursor.page(
            LIST.with(before, before, selection == Selection.ALL, lookAhead)
                .list(connection, RefusedFileStore::read),
            size,
            RefusedFile::id));
  }

  private static RefusedFile read(Row row) {
    return new RefusedFile(
        row.uuid("id"),
        row.textOrNull("vendor"),
        row.text("file_name"),
        row.text("kept_at"),
        row.text("code"),
        row.text("reason"),
        row.instant("refused_at"),
        row.instantOrNull("dismissed_at"),
        row.textOrNull("dismissed_by"));
  }

  @Override
  public long open() {
    return database.read(connection -> OPEN.with().one(connection, row -> row.int8("n")));
  }

  @Override
  public RefusedFile dismiss(Actor actor, UUID id) {
    return database.write(transaction -> {
      int dismissed = DISMISS.with(clock.instant(), actor.reference(), id).update(transaction);
      RefusedFile file =
          FIND.with(id)
              .first(transaction, RefusedFileStore::read)
              .orElseThrow(() ->
                  new OnboardingException(
                      Code.NOT_FOUND,
                      "there is no refused file " + id + "; list them to see their ids"));
      if (dismissed == 0) {
        throw new OnboardingException(
            Code.CONFLICT,
            "the refused file " + file.fileName() + " was dismissed already; reload the list");
      }
      activities.record(
          transaction,
          actor,
          "refused_file.dismiss",
          "refused_file/" + id,
          Map.of("file_name", file.fileName()));
      return file;
    });
  }

  /// Takes down that a file is refused, once while nobody has seen to it, and forgets those of long
  /// ago.
  ///
  /// @param lies where it is now
  /// @param keptAt where it will be kept
  /// @return the id of what is told
  UUID tell(
      @Nullable String vendor,
      String fileName,
      Path lies,
      Path keptAt,
      String code,
      String reason) {
    Instant now = clock.instant();
    String kept = StorableText.repair(keptAt.toString());
    String why = StorableText.repair(reason);
    return database.write(transaction -> {
      FORGET.with(now.minus(KEPT)).update(transaction);
      Optional<UUID> before =
          TELL_AGAIN
              .with(kept, why, StorableText.repair(lies.toString()), code)
              .first(transaction, row -> row.uuid("id"));
      if (before.isPresent()) {
        return before.get();
      }
      UUID id = SortableId.next();
      ADD.with(
              id,
              vendor == null ? null : StorableText.repair(vendor),
              StorableText.repair(fileName),
              kept,
              code,
              why,
              now)
          .updateOne(transaction);
      return id;
    });
  }

  /// Corrects where a file is kept and what is said of it. A file that was forgotten meanwhile
  /// stays forgotten.
  void keptAt(UUID id, Path keptAt, String reason) {
    database.write(transaction ->
        KEPT_AT
            .with(StorableText.repair(keptAt.toString()), StorableText.repair(reason), id)
            .update(transaction));
  }

  /// What was in the way of a file is gone: nobody need see to it any more.
  void settle(Actor actor, Path lies) {
    database.write(transaction ->
        SETTLE
            .with(clock.instant(), actor.reference(), StorableText.repair(lies.toString()), HELD_UP)
            .update(transaction));
  }
}
