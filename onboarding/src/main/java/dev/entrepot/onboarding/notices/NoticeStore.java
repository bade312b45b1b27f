package dev.entrepot.onboarding.notices;

import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The notices in the table `notice`.
public final class NoticeStore implements Notices {
  private static final Sql LIST =
      Sql.of(
          """
          select * from notice
          where (?::uuid is null or id < ?)
            and (?::text is null or vendor = ?)
            and (?::uuid is null or upload = ?)
          order by id desc
          limit ?
          """);

  private static final Sql FIND = Sql.of("select * from notice where id = ?");

  private static final Sql RETRY =
      Sql.of(
          """
          update notice n
          set state = 'queued', next_attempt_at = ?, recipient = coalesce(
            (select case n.channel when 'mail' then v.email else v.webhook_url end
              from vendor v where v.code = n.vendor),
            n.recipient)
          where n.id = ? and (n.state = 'failed' or (n.state = 'kept' and ?))
          """);

  private final Database database;
  private final Clock clock;
  private final boolean mails;

  /// @param mails whether there is a mail server
  public NoticeStore(Database database, Clock clock, boolean mails) {
    this.database = database;
    this.clock = clock;
    this.mails = mails;
  }

  /// Newest first.
  @Override
  public Page<Notice> list(
      @Nullable String vendor, @Nullable UUID upload, @Nullable String cursor, int size) {
    int lookAhead = Cursor.lookAhead(size);
    UUID before = Cursor.parse(cursor).map(Cursor::uuid).orElse(null);
    return database.read(connection ->
        Cursor.page(
            LIST.with(before, before, vendor, vendor, upload, upload, lookAhead)
                .list(connection, NoticeRow::read),
            size,
            Notice::id));
  }

  @Override
  public Optional<Notice> find(UUID id) {
    return database.read(connection -> FIND.with(id).first(connection, NoticeRow::read));
  }

  @Override
  public boolean retriable(Notice notice) {
    return notice.state().equals("failed") || (notice.state().equals("kept") && mails);
  }

  /// Tries a failed one, or one that was only kept, again: now, and to the address its vendor has
  /// now. When its time for further attempts is over, this is the only one.
  ///
  /// @throws OnboardingException NOT_FOUND; CONFLICT when it was sent or is on its way
  @Override
  public void retry(UUID id) {
    database.write(transaction -> {
      int retried = RETRY.with(clock.instant(), id, mails).update(transaction);
      if (retried == 0) {
        throw refusal(id, FIND.with(id).first(transaction, NoticeRow::read).orElse(null));
      }
      return retried;
    });
  }

  private static OnboardingException refusal(UUID id, @Nullable Notice notice) {
    return notice == null
        ? new OnboardingException(
            Code.NOT_FOUND, "there is no notice " + id + "; look at the list of notices")
        : new OnboardingException(
            Code.CONFLICT,
            "state",
            "notice "
                + id
                + " is "
                + notice.state()
                + (notice.state().equals("kept")
                    ? ", for no mail server is set; set smtp-host and start again"
                    : "; only a failed or kept one can be tried again"));
  }
}
