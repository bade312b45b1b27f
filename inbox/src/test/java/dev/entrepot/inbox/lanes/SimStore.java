package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.StorageException.Code;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lanes, log and leases in memory under a virtual clock, with transactions that vanish. At every
/// step the world may do something else first: kill, pause, cut the connection.
final class SimStore implements LaneStore, NodeStore {
  static final int LANES = 4;

  private record LeaseRow(String holder, long token, long until) {}

  private final Sabotage sabotage;
  private final Consumer<String> step;
  private final SimTables tables = new SimTables();
  private final Map<Integer, LeaseRow> leases = new TreeMap<>();
  private final Map<String, Long> nodes = new TreeMap<>();
  private final List<SimTransaction> open = new ArrayList<>();
  private long now = 1;

  /// @param step called at every step with its name
  SimStore(Sabotage sabotage, Consumer<String> step) {
    this.sabotage = sabotage;
    this.step = step;
  }

  SimTables tables() {
    return tables;
  }

  long now() {
    return now;
  }

  void advance(Duration time) {
    now += time.toMillis();
  }

  /// The server ends all sessions: what is open vanishes.
  void terminateSessions() {
    open.forEach(SimTransaction::kill);
    open.clear();
  }

  /// Whether an operator would have to wait for this lane.
  boolean locked(int lane) {
    return open.stream().anyMatch(transaction -> transaction.lanes().contains(lane));
  }

  @Override
  public Reading read(List<LaneLease> lanes, ReadLimits limits) {
    step.accept("read");
    Set<Integer> numbers = lanes.stream().map(LaneLease::lane).collect(Collectors.toSet());
    Reading reading = tables.read(numbers, limits, now, sabotage == Sabotage.NO_HORIZON);
    step.accept("has read");
    return sabotage == Sabotage.NO_HOLD
        ? new Reading(reading.marks(), reading.fresh(), reading.due(), Set.of())
        : reading;
  }

  @Override
  public Settled settle(List<LaneLease> lanes, Reading reading, Work work) {
    step.accept("begin");
    Set<Integer> marked = reading.marks().stream().map(LaneMark::lane).collect(Collectors.toSet());
    if (sabotage != Sabotage.NO_FENCING && sabotage != Sabotage.NO_LEASES) {
      lanes.stream().filter(l -> marked.contains(l.lane())).forEach(this::require);
    }
    if (marked.stream().anyMatch(this::locked)) {
      throw new StorageException(Code.TIMEOUT, "a lane is locked");
    }
    if (sabotage != Sabotage.NO_FENCING
        && sabotage != Sabotage.NO_MARKS
        && !tables.stand(reading.marks())) {
      return Settled.OVERTAKEN;
    }
    SimTransaction transaction = new SimTransaction(marked);
    open.add(transaction);
    try {
      Settlement settlement = work.run(transaction.connection());
      step.accept("commit");
      transaction.requireAlive();
      tables.enter(reading, settlement, transaction.effects(), now);
    } catch (SQLException e) {
      throw StorageException.of(e);
    } catch (RuntimeException | SimCrash e) {
      if (sabotage == Sabotage.NO_ROLLBACK) {
        tables.effects().addAll(transaction.effects());
      }
      throw e;
    } finally {
      open.remove(transaction);
    }
    step.accept("committed");
    return Settled.DONE;
  }

  private void require(LaneLease lane) {
    LeaseRow row = leases.get(lane.lane());
    if (row == null || row.token() != lane.lease().token()) {
      throw new StorageException(Code.LEASE_LOST, "lease of lane " + lane.lane() + " is lost");
    }
  }

  @Override
  public Roster announce(String node, Duration silence) {
    step.accept("announce");
    nodes.put(node, now);
    List<String> living =
        nodes.entrySet().stream()
            .filter(entry -> entry.getValue() > now - silence.toMillis())
            .map(Map.Entry::getKey)
            .toList();
    Set<Integer> free =
        IntStream.range(0, LANES).boxed().filter(this::isFree).collect(Collectors.toSet());
    return new Roster(LANES, living, free);
  }

  private boolean isFree(int lane) {
    LeaseRow row = leases.get(lane);
    return row == null || row.until() <= now;
  }

  @Override
  public void leave(String node) {
    step.accept("leave");
    nodes.remove(node);
  }

  @Override
  public List<LaneLease> acquire(String node, List<Integer> lanes, Duration timeToLive) {
    step.accept("acquire");
    List<LaneLease> taken = new ArrayList<>();
    for (int lane : lanes) {
      // A settling transaction holds the lease's row: the server would make us wait.
      if (isFree(lane) && !locked(lane)) {
        LeaseRow before = leases.get(lane);
        LeaseRow row =
            new LeaseRow(
                node, before == null ? 1 : before.token() + 1, now + timeToLive.toMillis());
        leases.put(lane, row);
        taken.add(lease(lane, row));
      }
    }
    step.accept("acquired");
    return taken;
  }

  private static LaneLease lease(int lane, LeaseRow row) {
    Lease lease =
        new Lease(
            LaneLease.name(lane), row.holder(), row.token(), Instant.ofEpochMilli(row.until()));
    return new LaneLease(lane, lease);
  }

  @Override
  public List<LaneLease> renew(List<LaneLease> held, Duration timeToLive) {
    step.accept("renew");
    List<LaneLease> kept = new ArrayList<>();
    for (LaneLease lane : held) {
      LeaseRow row = leases.get(lane.lane());
      if (row != null && row.token() == lane.lease().token()) {
        LeaseRow renewed = new LeaseRow(row.holder(), row.token(), now + timeToLive.toMillis());
        leases.put(lane.lane(), renewed);
        kept.add(lease(lane.lane(), renewed));
      }
    }
    return kept;
  }

  @Override
  public void release(List<LaneLease> held) {
    step.accept("release");
    for (LaneLease lane : held) {
      LeaseRow row = leases.get(lane.lane());
      if (row != null && row.token() == lane.lease().token() && !locked(lane.lane())) {
        leases.put(lane.lane(), new LeaseRow("", row.token() + 1, now));
      }
    }
  }

  /// The lanes that somebody may believe to have.
  Set<String> holders() {
    return leases.values().stream()
        .map(LeaseRow::holder)
        .collect(Collectors.toCollection(HashSet::new));
  }

  Outcome outcome(long position) {
    Outcome outcome = tables.outcomes().get(position);
    if (outcome == null) {
      throw new IllegalStateException("event " + position + " has no outcome");
    }
    return outcome;
  }
}
