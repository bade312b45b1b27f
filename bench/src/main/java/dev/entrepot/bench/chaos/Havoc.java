package dev.entrepot.bench.chaos;

import dev.entrepot.bench.Postgres;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Kills nodes with `kill -9`, restarts PostgreSQL, and terminates all its sessions, at random
/// moments. Dead nodes are started again after a while.
public final class Havoc {
  /// What is done at a moment.
  public enum Blow {
    NODE_KILLED,
    DATABASE_RESTARTED,
    DATABASE_KILLED,
    SESSIONS_TERMINATED
  }

  // No rows with a value are needed, but the calls are.
  private static final Sql TERMINATE =
      Sql.of(
          """
          select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()
          """);

  private final Postgres postgres;
  private final List<? extends Mortal> nodes;
  private final Random random;
  private final Consumer<String> tell;
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);

  public Havoc(Postgres postgres, List<? extends Mortal> nodes, long seed, Consumer<String> tell) {
    this.postgres = postgres;
    this.nodes = nodes;
    this.random = new Random(seed ^ 0xdead);
    this.tell = tell;
  }

  /// How often what was done.
  public Map<Blow, Integer> blows() {
    return Map.copyOf(blows);
  }

  /// How often something was killed; sessions do not count.
  public int kills() {
    return blows.entrySet().stream()
        .filter(entry -> entry.getKey() != Blow.SESSIONS_TERMINATED)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /// Goes on until so many kills were done; all nodes run when it returns.
  void run(int kills, Duration between) throws IOException, InterruptedException {
    while (kills() < kills) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(1, 2 * between.toMillis()));
      Blow _ = strike();
      if (kills() > 0 && kills() % 25 == 0) {
        tell.accept(kills() + " kills so far");
      }
    }
    for (Mortal node : nodes) {
      if (!node.alive()) {
        node.start();
      }
      node.await();
    }
  }

  /// Does one thing, now. Nodes that are dead then are started again.
  public Blow strike() throws IOException, InterruptedException {
    Blow blow = blow();
    strike(blow);
    blows.merge(Blow.SESSIONS_TERMINATED, 0, Integer::sum);
    for (Mortal node : nodes) {
      if (!node.alive()) {
        node.start();
      }
    }
    return blow;
  }

  private Blow blow() {
    int die = random.nextInt(100);
    if (die < 75) {
      return Blow.NODE_KILLED;
    }
    if (die < 82) {
      return Blow.DATABASE_RESTARTED;
    }
    return die < 90 ? Blow.DATABASE_KILLED : Blow.SESSIONS_TERMINATED;
  }

  private void strike(Blow blow) throws IOException, InterruptedException {
    boolean struck =
        switch (blow) {
          case NODE_KILLED -> nodes.get(random.nextInt(nodes.size())).kill();
          case DATABASE_RESTARTED -> {
            postgres.restart();
            yield true;
          }
          case DATABASE_KILLED -> {
            postgres.kill();
            yield true;
          }
          case SESSIONS_TERMINATED -> terminated();
        };
    if (struck) {
      blows.merge(blow, 1, Integer::sum);
    }
  }

  private boolean terminated() {
    try {
      return postgres
          .database()
          .read(connection -> TERMINATE.one(connection, row -> row.int8("ended")) > 0);
    } catch (StorageException e) {
      return false; // it was just restarted
    }
  }
}
