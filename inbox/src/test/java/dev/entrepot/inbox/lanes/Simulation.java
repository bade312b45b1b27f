package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// One run of a small cluster under a virtual clock, decided by its seed alone: nodes come, are
/// killed, and pause in the middle of everything; the server ends sessions; events commit late or
/// never; handlers fail; operators act. In the end all faults stop, and the oracle looks.
final class Simulation {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), 2, Duration.ofSeconds(8), 0.2, 4);
  private static final LaneStore.ReadLimits LIMITS = new LaneStore.ReadLimits(4, 5);
  private static final int STEPS = 120;
  private static final int EVENTS = 50;
  private static final int KEYS = 7;
  private static final int WORKERS = 2;
  private static final int DEEPEST_PAUSE = 2;
  private static final List<String> TROUBLES =
      List.of(
          "poison",
          "first later 1",
          "second later 2",
          "first throw 1",
          "second throw 3",
          "first later 9",
          "second refuse 9",
          "first refuse 1",
          "second throw 5");

  private static final class Node {
    private final LaneNode lanes;
    private final List<LaneWorker> workers = new ArrayList<>();
    private boolean running;
    private boolean dead;

    Node(LaneNode lanes) {
      this.lanes = lanes;
    }
  }

  private final Random random;
  private final SimStore store;
  private final SimDesk desk;
  private final List<Node> nodes = new ArrayList<>();
  private boolean healing;
  private int names;
  private int pauses;
  private long positions;

  Simulation(long seed, Sabotage sabotage) {
    this.random = new Random(seed);
    this.store = new SimStore(sabotage, this::step);
    this.desk = new SimDesk(store, random);
  }

  /// @return what is wrong in the end; empty: nothing
  List<String> run() {
    for (int i = 0; i < STEPS; i++) {
      act();
    }
    heal();
    return new Oracle(store.tables()).look();
  }

  private void act() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> append();
      case 5, 6, 7 -> decideAppend();
      case 8, 9, 10, 11, 12 -> anyNode().ifPresent(this::round);
      case 13, 14, 15 -> anyNode().ifPresent(this::beat);
      case 16 -> startNode();
      case 17 -> desk.act();
      case 18 -> leave();
      default -> store.advance(Duration.ofMillis(random.nextInt(4_000)));
    }
  }

  private void append() {
    if (store.tables().log().size() >= EVENTS) {
      return;
    }
    int key = random.nextInt(KEYS);
    String connection = key % 2 == 0 ? "calm" : "strict";
    String trouble =
        random.nextInt(4) == 0 ? TROUBLES.get(random.nextInt(TROUBLES.size())) : "fine";
    positions += 1 + random.nextInt(2);
    // A new slice now and then.
    if (random.nextInt(12) == 0) {
      positions = Slices.first(Slices.of(positions) + 1) + 1;
    }
    SimEvent event =
        new SimEvent(positions, key % SimStore.LANES, connection, connection + "/" + key, trouble);
    store.tables().log().add(event);
    if (random.nextBoolean() || sameKeyIsOpen(event)) {
      event.become(SimEvent.State.COMMITTED);
    }
  }

  /// Events of one key that are open together have no order that anybody could know.
  private boolean sameKeyIsOpen(SimEvent event) {
    return store.tables().log().stream()
        .anyMatch(other ->
            other != event
                && other.state() == SimEvent.State.OPEN
                && other.kept().key().equals(event.kept().key()));
  }

  private void decideAppend() {
    List<SimEvent> open = open();
    if (!open.isEmpty()) {
      open.get(random.nextInt(open.size()))
          .become(random.nextInt(5) == 0 ? SimEvent.State.ABORTED : SimEvent.State.COMMITTED);
    }
  }

  private List<SimEvent> open() {
    return store.tables().log().stream()
        .filter(event -> event.state() == SimEvent.State.OPEN)
        .toList();
  }

  private void startNode() {
    if (nodes.size() < 3) {
      newNode();
    }
  }

  private Node newNode() {
    Node node = new Node(new LaneNode("node-" + ++names, store, TIME_TO_LIVE));
    List<EventHandler> handlers =
        List.of(
            new SimTrouble.Handler("first", SimTrouble::simulated),
            new SimTrouble.Handler("second", SimTrouble::simulated));
    for (int i = 0; i < WORKERS; i++) {
      node.workers.add(
          new LaneWorker(store, Simulation::sender, handlers, BACK_OFF, random, LIMITS));
    }
    nodes.add(node);
    return node;
  }

  private static Optional<Sender> sender(String connection) {
    return Optional.of(
        new Sender(
            "tenant",
            "test",
            new SimTrouble.Source(),
            connection.equals("calm") ? AfterDeadLetter.RELEASE : AfterDeadLetter.PARK));
  }

  private Optional<Node> anyNode() {
    List<Node> free = nodes.stream().filter(node -> !node.running).toList();
    return free.isEmpty() ? Optional.empty() : Optional.of(free.get(random.nextInt(free.size())));
  }

  private void round(Node node) {
    int worker = random.nextInt(WORKERS);
    run(node, () -> node.workers.get(worker).round(node.lanes.share(worker, WORKERS)));
  }

  private void beat(Node node) {
    run(node, node.lanes::beat);
  }

  private void leave() {
    if (nodes.size() > 1) {
      anyNode()
          .ifPresent(node -> {
            run(node, node.lanes::leave);
            nodes.remove(node);
          });
    }
  }

  private void run(Node node, Runnable action) {
    node.running = true;
    try {
      action.run();
    } catch (SimCrash e) {
      node.dead = true;
    } catch (StorageException e) {
      // The node goes on, as its threads would.
    } finally {
      node.running = false;
      nodes.removeIf(one -> one.dead);
    }
  }

  /// What may happen before any step of a node.
  private void step(String name) {
    if (healing) {
      return;
    }
    switch (random.nextInt(60)) {
      case 0, 1 -> throw new SimCrash();
      case 2, 3, 4 ->
          throw new StorageException(StorageException.Code.UNAVAILABLE, "no answer at " + name);
      case 5 -> store.terminateSessions();
      case 6, 7, 8, 9, 10, 11 -> pause();
      default -> {}
    }
  }

  private void pause() {
    if (pauses >= DEEPEST_PAUSE) {
      return;
    }
    pauses++;
    if (random.nextBoolean()) {
      store.advance(TIME_TO_LIVE.plusSeconds(random.nextInt(20)));
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      act();
    }
    pauses--;
  }

  /// All faults end; one more node comes, and everything that can be done is done.
  private void heal() {
    healing = true;
    store.terminateSessions();
    open().forEach(event -> event.become(SimEvent.State.COMMITTED));
    newNode();
    for (int i = 0; i < 60; i++) {
      store.tables().log().stream()
          .map(SimEvent::kept)
          .filter(event -> store.tables().parked().containsKey(event.key()))
          .forEach(desk::release);
      for (Node node : List.copyOf(nodes)) {
        run(node, node.lanes::beat);
        while (workersDo(node)) {
          // As long as there is something.
        }
      }
      store.advance(Duration.ofSeconds(3));
      if (i > 4 && store.tables().waiting().isEmpty()) {
        return;
      }
    }
  }

  private boolean workersDo(Node node) {
    boolean busy = false;
    for (int i = 0; i < WORKERS; i++) {
      busy |= node.workers.get(i).round(node.lanes.share(i, WORKERS)) == LaneWorker.Result.BUSY;
    }
    return busy;
  }
}
