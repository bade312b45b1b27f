package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.mapping.Problem;
import dev.entrepot.flow.runs.Comparison.Compared;
import dev.entrepot.flow.runs.KnownStore.Forgotten;
import dev.entrepot.flow.runs.RecordStore.Kept;
import dev.entrepot.flow.runs.RejectedStore.Refused;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.StorableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What becomes of the records of a page. Of a key, the last record counts. For one thread.
final class PageOutcome {
  private final UUID run;
  private final long first;
  private final StepTally tally;
  private final List<String> keys = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<Long, Kept> kept = new LinkedHashMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Map<Long, Item> items = new LinkedHashMap<>();
  private final Map<String, Item> latest = new HashMap<>();
  private final Map<Long, String> superseded = new TreeMap<>();
  private final List<Forgotten> obsolete = new ArrayList<>();
  // Keys of which an item of an earlier page is on its way.
  private final Set<String> waiting = new HashSet<>();
  private long keyless;
  private @Nullable String note;

  /// @param first the record that its first one is
  PageOutcome(UUID run, long first, List<Step> steps) {
    this.run = run;
    this.first = first;
    this.tally = new StepTally(steps);
  }

  /// What is to be said of the records that come now, as long as nothing else is.
  void note(String words) {
    note = words;
  }

  /// Steps that a key has no need of any more.
  void obsolete(String key, List<String> steps) {
    steps.forEach(step -> obsolete.add(new Forgotten(key, step)));
  }

  private long next() {
    return first + outcomes.size();
  }

  private void add(@Nullable String key, Outcome outcome) {
    keys.add(key == null ? "" : key);
    outcomes.add(outcome);
  }

  void reject(MappedRecord mapped, String source) {
    long record = next();
    Problem problem = mapped.problems().getFirst();
    String reason = StorableText.repair(problem.message());
    letters.add(
        DeadLetter.open(
            run,
            record,
            0,
            mapped.key(),
            null,
            problem.code(),
            reason,
            problems(mapped.problems()),
            List.of(source),
            true));
    kept.put(
        record,
        new Kept(record, mapped.key(), null, source, null, null, problem.code() + ": " + reason));
    keyless += mapped.key() == null ? 1 : 0;
    add(mapped.key(), Outcome.REJECTED);
  }

  void unchanged(String key) {
    latest.remove(key);
    add(key, Outcome.UNCHANGED);
  }

  /// As a pending one before.
  void repeated(String key, String source, String item, long before) {
    long record = next();
    String reason = "repeats record " + before + " of this run";
    kept.put(record, new Kept(record, key, null, source, item, null, reason));
    add(key, Outcome.SKIPPED);
  }

  void pending(MappedRecord mapped, String key, String source, String item, Compared compared) {
    keep(key, source, item, compared.change(), compared.diffs());
    put(new Item(next(), key, false, mapped.item(), item, compared.todo()));
    compared.todo().forEach(todo -> tally.addWanted(todo.step(), 1));
    add(key, Outcome.PENDING);
  }

  /// It will be compared when the one before it, which is on its way, is settled.
  void waitFor(MappedRecord mapped, String key, String source, String item, Compared compared) {
    keep(key, source, item, Change.UPDATE, compared.diffs());
    put(new Item(next(), key, false, mapped.item(), item, null));
    waiting.add(key);
    add(key, Outcome.PENDING);
  }

  /// Whether an item of an earlier page is on its way, so that nothing can be compared yet.
  boolean waits(String key) {
    return waiting.contains(key);
  }

  void delete(String key, Compared compared) {
    kept.put(
        next(),
        new Kept(next(), key, Change.DELETE, "{}", null, null, "the source has it no more"));
    put(new Item(next(), key, true, Fields.EMPTY, "", compared.todo()));
    compared.todo().forEach(todo -> tally.addWanted(todo.step(), 1));
    add(key, Outcome.PENDING);
  }

  private void keep(
      String key, String source, String item, @Nullable Change change, @Nullable String diffs) {
    kept.put(next(), new Kept(next(), key, change, source, item, diffs, note));
  }

  private void put(Item item) {
    items.put(item.record(), item);
    latest.put(item.key(), item);
  }

  /// The pending one of a key that came last, here or before.
  @Nullable Item latest(String key, @Nullable Item before) {
    return latest.getOrDefault(key, before);
  }

  /// Leaves an earlier record of this page out, since the next one is newer.
  ///
  /// @return whether it is of this page
  boolean supersedeHere(Item earlier) {
    if (items.remove(earlier.record()) == null) {
      return false;
    }
    latest.remove(earlier.key(), earlier);
    outcomes.set((int) (earlier.record() - first), Outcome.SKIPPED);
    Kept before = Objects.requireNonNull(kept.get(earlier.record()));
    kept.put(
        earlier.record(),
        new Kept(
            before.record(),
            before.key(),
            before.change(),
            before.source(),
            before.item(),
            before.diffs(),
            supersededBy()));
    unwant(earlier);
    return true;
  }

  /// Leaves an earlier record of an earlier page out.
  void supersedeBefore(Item earlier) {
    superseded.put(earlier.record(), supersededBy());
    unwant(earlier);
  }

  private void unwant(Item earlier) {
    if (earlier.compared()) {
      earlier.todo().forEach(todo -> tally.addWanted(todo.step(), -1));
    }
  }

  private String supersededBy() {
    return "superseded by record " + next() + " of this run";
  }

  private static String problems(List<Problem> problems) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("field", repaired(problem.field()));
      one.put("code", problem.code());
      one.put("message", repaired(problem.message()));
      one.put("value", problem.value() == null ? null : repaired(problem.value()));
      all.add(one);
    }
    StringBuilder text = new StringBuilder();
    Content.write(text, all);
    return text.toString();
  }

  private static String repaired(String text) {
    return StorableText.repair(text);
  }

  long first() {
    return first;
  }

  List<String> keys() {
    return keys;
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  List<Kept> kept() {
    return List.copyOf(kept.values());
  }

  List<DeadLetter> letters() {
    return letters;
  }

  /// The keys whose last record here is at the destination already, with that record.
  Map<String, Long> settled() {
    Map<String, Long> settled = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (outcomes.get(i) == Outcome.UNCHANGED) {
        settled.put(keys.get(i), first + i);
      } else {
        settled.remove(keys.get(i));
      }
    }
    return settled;
  }

  /// The keys whose last record here the mapping did not take.
  List<Refused> refused() {
    Map<String, Refused> refused = new LinkedHashMap<>();
    Map<Long, DeadLetter> why = new HashMap<>();
    letters.forEach(letter -> why.put(letter.record(), letter));
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      DeadLetter letter = why.get(first + i);
      if (letter == null) {
        refused.remove(key);
      } else if (!key.isEmpty()) {
        refused.put(key, new Refused(key, first + i, letter.code(), letter.reason()));
      }
    }
    return List.copyOf(refused.values());
  }

  /// Those that are pending, in their order.
  List<Item> items() {
    return List.copyOf(items.values());
  }

  List<Forgotten> obsolete() {
    return obsolete;
  }

  Map<Long, String> supersededReasons() {
    return superseded;
  }

  long keyless() {
    return keyless;
  }

  StepTally tally() {
    return tally;
  }
}
