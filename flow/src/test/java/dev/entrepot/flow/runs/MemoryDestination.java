package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A destination whose state is in memory, and which counts what changed in it. It can be opened
/// any number of times.
class MemoryDestination implements RecordDestination {

  /// What a call does. It may have it take effect, or not.
  @FunctionalInterface
  interface Fault {
    WriteAnswer happen(Effect effect) throws InterruptedException;
  }

  /// A call, which may take effect.
  final class Effect {
    private final String step;
    private final List<Write> writes;

    private Effect(String step, List<Write> writes) {
      this.step = step;
      this.writes = writes;
    }

    /// Has it take effect.
    WriteAnswer take() {
      return MemoryDestination.this.take(step, writes);
    }

    /// Whether it writes nothing but what is expected.
    ///
    /// @param expected by key, of a step's name
    boolean writesWhatIs(Function<String, Map<String, Fields>> expected) {
      Map<String, Fields> wanted = expected.apply(step);
      return writes.stream().allMatch(write -> write.fields().equals(wanted.get(write.key())));
    }
  }

  /// One that can be asked what it holds, and can delete.
  static final class Full extends MemoryDestination implements Lookup, Deleting {
    @Override
    public Map<String, Fields> find(String step, List<String> keys) throws InterruptedException {
      return lookUp(step, keys);
    }
  }

  private final Map<String, Map<String, Fields>> held = new HashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<String, Integer> effects = new TreeMap<>();
  private Predicate<Write> rejects = write -> false;
  private @Nullable Fault always;
  private @Nullable RuntimeException lookupFails;
  private @Nullable RuntimeException checkFails;
  private int calls;
  private int lookups;
  private int checks;

  synchronized void fail(Fault fault) {
    faults.add(fault);
  }

  synchronized void always(@Nullable Fault fault) {
    always = fault;
  }

  synchronized void reject(Predicate<Write> which) {
    rejects = which;
  }

  synchronized void failLookups(@Nullable RuntimeException with) {
    lookupFails = with;
  }

  synchronized void failChecks(@Nullable RuntimeException with) {
    checkFails = with;
  }

  synchronized int checks() {
    return checks;
  }

  synchronized int calls() {
    return calls;
  }

  synchronized int lookups() {
    return lookups;
  }

  /// How often something changed, by step and key.
  synchronized Map<String, Integer> effects() {
    return new TreeMap<>(effects);
  }

  synchronized int effectsInAll() {
    return effects.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized Map<String, Fields> held(String step) {
    return new TreeMap<>(held.getOrDefault(step, Map.of()));
  }

  @Override
  public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
    Set<String> keys = new HashSet<>();
    for (Write write : writes) {
      if (!keys.add(write.key())) {
        throw new IllegalStateException("key " + write.key() + " twice in a call");
      }
    }
    Fault fault;
    synchronized (this) {
      calls++;
      fault = faults.isEmpty() ? always : faults.poll();
    }
    return fault == null ? take(step, writes) : fault.happen(new Effect(step, writes));
  }

  private synchronized WriteAnswer take(String step, List<Write> writes) {
    Map<String, Fields> mine = held.computeIfAbsent(step, name -> new HashMap<>());
    List<WriteResult> results = new ArrayList<>();
    for (Write write : writes) {
      if (rejects.test(write)) {
        results.add(new WriteResult.Rejected("INVALID", "not wanted: " + write.key()));
        continue;
      }
      boolean deletes = write.kind() == Write.Kind.DELETE;
      Fields before = deletes ? mine.remove(write.key()) : mine.put(write.key(), write.fields());
      boolean changed = deletes ? before != null : !write.fields().equals(before);
      if (changed) {
        effects.merge(step + "/" + write.key(), 1, Integer::sum);
      }
      results.add(new WriteResult.Accepted());
    }
    return new WriteAnswer.Each(results);
  }

  synchronized Map<String, Fields> lookUp(String step, List<String> keys)
      throws InterruptedException {
    lookups++;
    if (lookupFails != null) {
      throw lookupFails;
    }
    Map<String, Fields> found = new HashMap<>();
    Map<String, Fields> mine = held.getOrDefault(step, Map.of());
    for (String key : keys) {
      Fields fields = mine.get(key);
      if (fields != null) {
        found.put(key, fields);
      }
    }
    return found;
  }

  @Override
  public synchronized List<String> check() {
    checks++;
    if (checkFails != null) {
      throw checkFails;
    }
    return List.of();
  }

  @Override
  public void close() {}
}
