package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the simulated store has committed.
final class SimTables {
  private static final Comparator<SimRow> TURN =
      Comparator.<SimRow>comparingLong(row -> row.event().position()).thenComparingLong(SimRow::id);

  /// A lane's row.
  record Lane(long position, long revision) {}

  private final List<SimEvent> log = new ArrayList<>();
  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private final Map<Long, SimRow> waiting = new TreeMap<>();
  private final Map<String, Long> parked = new HashMap<>();
  private final Map<Long, SimLetter> letters = new TreeMap<>();
  private final Map<Long, Outcome> outcomes = new TreeMap<>();
  private final Map<Long, Map<String, Character>> codes = new TreeMap<>();
  private final Map<BooksMove.Place, long[]> books = new TreeMap<>();
  private final List<SimTransaction.Effect> effects = new ArrayList<>();
  private final Map<UUID, Map<Long, Outcome>> replays = new LinkedHashMap<>();
  private final Set<Long> retried = new HashSet<>();
  private final Map<Long, UUID> cured = new TreeMap<>();
  private final Set<String> curedReplays = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private long numbers;

  List<SimEvent> log() {
    return log;
  }

  Map<Long, SimRow> waiting() {
    return waiting;
  }

  Map<String, Long> parked() {
    return parked;
  }

  Map<Long, SimLetter> letters() {
    return letters;
  }

  Map<Long, Outcome> outcomes() {
    return outcomes;
  }

  Map<Long, Map<String, Character>> codes() {
    return codes;
  }

  Map<BooksMove.Place, long[]> books() {
    return books;
  }

  List<SimTransaction.Effect> effects() {
    return effects;
  }

  Map<UUID, Map<Long, Outcome>> replays() {
    return replays;
  }

  /// Events whose dead letter was retried: these may come after later ones of their key.
  Set<Long> retried() {
    return retried;
  }

  /// Events whose dead letter was resolved by a replay, and by which.
  Map<Long, UUID> cured() {
    return cured;
  }

  /// Whether what a replay failed to do of an event was done by another one.
  boolean isCured(UUID replay, long position) {
    return curedReplays.contains(replay + " " + position);
  }

  List<String> violations() {
    return violations;
  }

  long nextNumber() {
    return ++numbers;
  }

  Lane lane(int lane) {
    return lanes.getOrDefault(lane, new Lane(0, 0));
  }

  void touch(int lane) {
    lanes.put(lane, new Lane(lane(lane).position(), lane(lane).revision() + 1));
  }

  boolean stand(List<LaneMark> marks) {
    return marks.stream()
        .allMatch(mark -> lane(mark.lane()).equals(new Lane(mark.position(), mark.revision())));
  }

  Reading read(Set<Integer> numbersOfLanes, LaneStore.ReadLimits limits, long now, boolean blind) {
    long horizon =
        log.stream()
            .filter(event -> event.state() == SimEvent.State.OPEN && !blind)
            .mapToLong(SimEvent::position)
            .min()
            .orElse(Long.MAX_VALUE);
    List<KeptEvent> fresh = new ArrayList<>();
    for (int lane : numbersOfLanes) {
      log.stream()
          .filter(event -> event.state() == SimEvent.State.COMMITTED)
          .map(SimEvent::kept)
          .filter(event -> event.lane() == lane)
          .filter(event -> event.position() > lane(lane).position())
          .filter(event -> event.position() < horizon)
          .sorted(Comparator.comparingLong(KeptEvent::position))
          .limit(limits.perLane())
          .forEach(fresh::add);
    }
    fresh.sort(Comparator.comparingLong(KeptEvent::position));
    List<SimRow> due = due(numbersOfLanes, limits.waiting(), now);
    Set<Long> read = due.stream().map(SimRow::id).collect(Collectors.toSet());
    Set<String> keys = new HashSet<>(parked.keySet());
    waiting.values().stream()
        .filter(row -> !read.contains(row.id()))
        .forEach(row -> keys.add(row.event().key()));
    Set<String> held =
        fresh.stream()
            .filter(event -> keys.contains(event.key()))
            .map(KeptEvent::hold)
            .collect(Collectors.toSet());
    Set<Integer> busy = new HashSet<>();
    fresh.forEach(event -> busy.add(event.lane()));
    due.forEach(row -> busy.add(row.event().lane()));
    List<LaneMark> marks =
        busy.stream()
            .map(lane -> new LaneMark(lane, lane(lane).position(), lane(lane).revision()))
            .toList();
    return new Reading(marks, fresh, due.stream().map(SimRow::waiting).toList(), held);
  }

  private List<SimRow> due(Set<Integer> numbersOfLanes, int limit, long now) {
    Set<String> keys =
        waiting.values().stream()
            .filter(row -> numbersOfLanes.contains(row.event().lane()))
            .filter(row -> row.due() != null && row.due() <= now)
            .map(row -> row.event().key())
            .collect(Collectors.toSet());
    Map<String, List<SimRow>> byKey =
        waiting.values().stream()
            .filter(row -> keys.contains(row.event().key()))
            .sorted(TURN)
            .collect(
                Collectors.groupingBy(row -> row.event().key(), TreeMap::new, Collectors.toList()));
    List<SimRow> some = new ArrayList<>();
    // The first of each key, then the second of each.
    for (int place = 0; some.size() < limit && !byKey.isEmpty(); place++) {
      int next = place;
      byKey.values().removeIf(rows -> rows.size() <= next);
      byKey.values().stream().limit(limit - some.size()).forEach(rows -> some.add(rows.get(next)));
    }
    return some.stream()
        .sorted(Comparator.<SimRow, String>comparing(row -> row.event().key()).thenComparing(TURN))
        .toList();
  }

  /// Commits a settlement.
  void enter(Reading reading, Settlement settlement, List<SimTransaction.Effect> done, long now) {
    reading
        .ends()
        .forEach((lane, end) -> lanes.put(lane, new Lane(end, lane(lane).revision() + 1)));
    for (Settlement.Chunk chunk : settlement.chunks()) {
      for (int i = 0; i < chunk.positions().size(); i++) {
        enter(chunk, i);
      }
    }
    Set<String> keys = new HashSet<>();
    for (Settlement.Joined joined : settlement.joined()) {
      Long due = joined.delay() == null ? null : (Long) (now + joined.delay().toMillis());
      add(
          new SimRow(
              nextNumber(), joined.event(), joined.attempts(), due, joined.done(), null, null));
      keys.add(joined.event().key());
    }
    cure(settlement.left());
    for (Settlement.Left left : settlement.left()) {
      keys.add(left.waiting().event().key());
      leave(left.waiting(), left.outcome(), left.codes());
      resolve(left.waiting().letter());
    }
    for (Settlement.Again again : settlement.again()) {
      WaitingEvent row = again.waiting();
      requireWaiting(row);
      long due = now + again.delay().toMillis();
      waiting.put(
          row.id(),
          new SimRow(
              row.id(),
              row.event(),
              again.attempts(),
              due,
              again.done(),
              row.replay(),
              row.letter()));
    }
    settlement.dead().forEach(dead -> bury(dead, keys));
    settlement.books().forEach(this::enter);
    effects.addAll(done);
    keys.forEach(key -> settle(key, now));
  }

  void add(SimRow row) {
    waiting.put(row.id(), row);
  }

  private void enter(Settlement.Chunk chunk, int i) {
    long position = chunk.positions().get(i);
    Outcome outcome = Outcome.ofCode(chunk.outcomes().charAt(i));
    if (outcomes.putIfAbsent(position, outcome) != null) {
      violations.add("event " + position + " has an outcome twice");
    }
    Map<String, Character> byHandler = new TreeMap<>();
    chunk.handlers().forEach((handler, vector) -> byHandler.put(handler, vector.charAt(i)));
    codes.put(position, byHandler);
  }

  private void requireWaiting(WaitingEvent row) {
    if (!waiting.containsKey(row.id())) {
      violations.add("event " + row.event().position() + " does not wait");
    }
  }

  private void leave(WaitingEvent row, Outcome outcome, Map<String, Character> byHandler) {
    requireWaiting(row);
    waiting.remove(row.id());
    decide(row.event(), row.replay(), Outcome.PENDING, outcome);
    if (row.replay() == null) {
      codes.computeIfAbsent(row.event().position(), _ -> new TreeMap<>()).putAll(byHandler);
    }
  }

  /// Moves an outcome.
  void decide(KeptEvent event, @Nullable ReplayPlace replay, Outcome from, Outcome to) {
    Map<Long, Outcome> all =
        replay == null ? outcomes : replays.getOrDefault(replay.replay(), Map.of());
    Outcome before = all.put(event.position(), to);
    if (before != from) {
      violations.add("event " + event.position() + " is " + before + ", not " + from);
    }
  }

  private void resolve(@Nullable Long letter) {
    if (letter != null) {
      letters.computeIfPresent(letter, (_, found) -> found.in(SimLetter.State.RESOLVED));
    }
  }

  /// What a replay handed on is no dead letter any more: of the event, and of replays before.
  private void cure(List<Settlement.Left> left) {
    for (Settlement.Left one : left) {
      ReplayPlace by = one.waiting().replay();
      if (by != null) {
        letters.values().stream()
            .filter(letter -> letter.state() == SimLetter.State.OPEN)
            .filter(letter -> letter.event().position() == one.waiting().event().position())
            .filter(
                letter -> letter.replay() == null || !letter.replay().replay().equals(by.replay()))
            .toList()
            .forEach(letter -> cure(letter, by.replay(), one.codes()));
      }
    }
  }

  private void cure(SimLetter letter, UUID by, Map<String, Character> now) {
    KeptEvent event = letter.event();
    Map<String, Character> all = CuredLetters.codes(now, letter.finished());
    Outcome outcome = new Fate.Done(all).outcome();
    letters.put(letter.id(), letter.in(SimLetter.State.RESOLVED));
    decide(event, letter.replay(), Outcome.REJECTED, outcome);
    if (letter.replay() == null) {
      cured.put(event.position(), by);
      codes.computeIfAbsent(event.position(), _ -> new TreeMap<>()).putAll(all);
      BooksMove.Sum sum = new BooksMove.Sum();
      sum.move(
          new BooksMove.Place(Slices.of(event.position()), event.connection(), event.lane()),
          Outcome.REJECTED,
          outcome);
      enter(sum);
    } else {
      curedReplays.add(letter.replay().replay() + " " + event.position());
    }
  }

  private void bury(Settlement.Dead dead, Set<String> keys) {
    WaitingEvent row = dead.waiting();
    long id = row == null || row.letter() == null ? nextNumber() : row.letter();
    ReplayPlace replay = row == null ? null : row.replay();
    letters.put(
        id,
        new SimLetter(
            id, dead.event(), replay, dead.attempts(), dead.codes(), SimLetter.State.OPEN));
    if (row != null) {
      leave(row, Outcome.REJECTED, dead.codes());
    }
    if (dead.park()) {
      parked.put(dead.event().key(), id);
    }
    keys.add(dead.event().key());
  }

  private void enter(BooksMove move) {
    long[] sums = books.computeIfAbsent(move.place(), _ -> new long[6]);
    sums[0] += move.received();
    sums[1] += move.written();
    sums[2] += move.unchanged();
    sums[3] += move.rejected();
    sums[4] += move.skipped();
    sums[5] += move.pending();
  }

  void enter(BooksMove.Sum sum) {
    sum.moves().forEach(this::enter);
  }

  /// Makes the first waiting event of a key the one that is due, unless the key is parked.
  void settle(String key, long now) {
    List<SimRow> rows =
        waiting.values().stream()
            .filter(row -> row.event().key().equals(key))
            .sorted(TURN)
            .toList();
    for (int i = 0; i < rows.size(); i++) {
      SimRow row = rows.get(i);
      boolean first = i == 0 && !parked.containsKey(key);
      Long due = row.due();
      waiting.put(row.id(), row.due(first ? (due == null ? (Long) now : due) : null));
    }
  }
}
