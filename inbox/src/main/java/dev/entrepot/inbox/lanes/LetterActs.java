package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.log.KeptSlices;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries acts out inside a transaction: under the lock of the lanes they touch, so that no worker
/// settles at the same time, and moving the lanes' revision, so that none settles what it read
/// before.
final class LetterActs {
  private static final Sql LOCK =
      Sql.of(
          """
          with locked as (
            select lane from inbox_lane where lane = any(?::int[]) order by lane for update)
          update inbox_lane l set revision = l.revision + 1 from locked where l.lane = locked.lane
          """);

  private static final Sql LETTERS =
      Sql.of(
          """
          select id, position, lane, connection, inbox_tenant(connection) as tenant, key, state, by, at,
            replay, record
          from inbox_dead_letter where id = any(?::bigint[]) order by id for update
          """);

  private static final Sql WAIT =
      Sql.of(
          """
          insert into inbox_waiting (lane, tenant, key, position, connection, topic, bytes, attempts,
            handler, code, reason, done, replay, record, handlers, letter, body)
          select lane, inbox_tenant(connection), key, position, connection, topic,
            coalesce(octet_length(body), bytes), attempts, handler, code, reason, done, replay, record, handlers, id, body
          from inbox_dead_letter where id = any(?::bigint[])
          """);

  private static final Sql STATE =
      Sql.of(
          """
          update inbox_dead_letter set state = ?, by = ?, at = clock_timestamp(), note = ?
          where id = any(?::bigint[])
          """);

  private static final Sql UNPARK =
      Sql.of("delete from inbox_parked where letter = any(?::bigint[]) returning letter, hold");

  private record Unparked(long letter, String hold) {}

  private record Letter(
      long id,
      long position,
      int lane,
      String connection,
      String hold,
      DeadEvent.State state,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable UUID replay,
      @Nullable Long record) {
    long slice() {
      return Slices.of(position);
    }

    /// For people: which it is, and what became of it.
    String fate() {
      String when = at == null ? "" : " since " + at.truncatedTo(ChronoUnit.SECONDS);
      String who = by == null ? "" : " (" + Actor.inWords(by) + ")";
      return "dead letter "
          + id
          + switch (state) {
            case OPEN -> " is open";
            case RETRYING -> " is being tried again" + when + who;
            case RESOLVED -> " is resolved" + when;
            case SKIPPED -> " is skipped" + when + who;
          };
    }
  }

  private final Ledger ledger;

  LetterActs(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Waits for the workers of these lanes, and makes them read again.
  static void lock(Connection transaction, Collection<Integer> lanes) {
    int _ = LOCK.with((Object) new TreeSet<>(lanes).toArray(Integer[]::new)).update(transaction);
  }

  /// Retries letters.
  ///
  /// @param what to record: that they are retried as they are, or edited
  /// @throws InboxException CONFLICT when one of them is not open, NOT_FOUND when its event was
  ///   dropped
  void retry(Connection transaction, Actor actor, Collection<Long> ids, EventHistory.What what) {
    List<Letter> letters = open(transaction, ids);
    Set<Long> kept = slices(transaction, letters);
    letters.stream()
        .filter(letter -> !kept.contains(letter.slice()))
        .findFirst()
        .ifPresent(gone -> {
          throw new InboxException(
              InboxException.Code.NOT_FOUND,
              "the event of dead letter " + gone.id() + " is past the retention; skip it instead");
        });
    Long[] numbers = Outcomes.longs(letters, Letter::id);
    WAIT.with((Object) numbers).update(transaction);
    finish(transaction, letters, Outcome.PENDING, kept);
    STATE.with("retrying", actor.reference(), null, numbers).update(transaction);
    EventHistory.act(transaction, what, actor, null, List.of(numbers));
    unpark(transaction, actor, letters);
  }

  /// Skips letters.
  void skip(Connection transaction, Actor actor, Collection<Long> ids, String reason) {
    List<Letter> letters = open(transaction, ids);
    finish(transaction, letters, Outcome.SKIPPED, slices(transaction, letters));
    Long[] numbers = Outcomes.longs(letters, Letter::id);
    STATE.with("skipped", actor.reference(), reason, numbers).update(transaction);
    EventHistory.act(transaction, EventHistory.What.SKIPPED, actor, reason, List.of(numbers));
    unpark(transaction, actor, letters);
  }

  /// Those that are kept; the outcomes of the others were dropped with their events.
  private static Set<Long> slices(Connection transaction, List<Letter> letters) {
    Set<Integer> asked =
        letters.stream().map(letter -> Math.toIntExact(letter.slice())).collect(Collectors.toSet());
    return KeptSlices.hold(transaction, asked).stream()
        .map(Integer::longValue)
        .collect(Collectors.toSet());
  }

  private List<Letter> open(Connection transaction, Collection<Long> ids) {
    Long[] numbers = ids.toArray(Long[]::new);
    lock(
        transaction,
        Sql.of("select distinct lane from inbox_dead_letter where id = any(?::bigint[])")
            .with((Object) numbers)
            .list(transaction, row -> row.int4("lane")));
    List<Letter> letters =
        LETTERS
            .with((Object) numbers)
            .list(
                transaction,
                row ->
                    new Letter(
                        row.int8("id"),
                        row.int8("position"),
                        row.int4("lane"),
                        row.text("connection"),
                        KeptEvent.hold(row.text("tenant"), row.text("key")),
                        DeadEvent.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                        row.textOrNull("by"),
                        row.instantOrNull("at"),
                        row.uuidOrNull("replay"),
                        row.int8OrNull("record")));
    Set<Long> missing = new TreeSet<>(ids);
    letters.forEach(letter -> missing.remove(letter.id()));
    if (!missing.isEmpty()) {
      throw new InboxException(
          InboxException.Code.NOT_FOUND,
          "there is no dead letter " + words(missing) + "; list them: entrepot dead-letters list");
    }
    List<Letter> closed =
        letters.stream().filter(letter -> letter.state() != DeadEvent.State.OPEN).toList();
    if (!closed.isEmpty()) {
      throw new InboxException(
          InboxException.Code.CONFLICT,
          closed.stream().map(Letter::fate).collect(Collectors.joining(", "))
              + "; only open ones can be tried again or skipped");
    }
    return letters;
  }

  private static String words(Collection<Long> numbers) {
    return numbers.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// Their outcomes, in the inbox's books or in those of their replays. Replays of which something
  /// was added to a letter know nothing of its being tried again until that comes to an end.
  private void finish(
      Connection transaction, List<Letter> letters, Outcome to, Set<Long> keptSlices) {
    List<Outcomes.Move> moves = new ArrayList<>();
    List<ReplayBooks.Move> replayed = new ArrayList<>();
    BooksMove.Sum books = new BooksMove.Sum();
    for (Letter letter : letters) {
      UUID replay = letter.replay();
      Long record = letter.record();
      if (replay != null && record != null) {
        replayed.add(new ReplayBooks.Move(replay, record, Outcome.REJECTED, to));
      } else if (keptSlices.contains(letter.slice())) {
        moves.add(
            new Outcomes.Move(
                letter.position(),
                letter.connection(),
                letter.lane(),
                Outcome.REJECTED,
                to,
                Map.of()));
        books.move(
            new BooksMove.Place(letter.slice(), letter.connection(), letter.lane()),
            Outcome.REJECTED,
            to);
      }
    }
    if (to != Outcome.PENDING) {
      replayed.addAll(
          SharedLetters.moves(
              transaction, letters.stream().collect(Collectors.toMap(Letter::id, _ -> to))));
    }
    Outcomes.move(transaction, moves);
    InboxBooks.move(transaction, books.moves());
    ReplayBooks.move(ledger, transaction, replayed);
  }

  private static void unpark(Connection transaction, Actor actor, List<Letter> letters) {
    List<Unparked> unparked =
        UNPARK
            .with((Object) Outcomes.longs(letters, Letter::id))
            .list(transaction, row -> new Unparked(row.int8("letter"), row.text("hold")));
    EventHistory.act(
        transaction,
        EventHistory.What.RELEASED,
        actor,
        "its key goes on",
        unparked.stream().map(Unparked::letter).distinct().toList());
    // Of a connection that was given to another tenant, the former one's key was parked as well.
    Set<String> holds =
        letters.stream().map(Letter::hold).collect(Collectors.toCollection(TreeSet::new));
    unparked.forEach(one -> holds.add(one.hold()));
    Waiting.settleHolds(transaction, holds);
  }
}
