package dev.entrepot.bench.drain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.bench.Orders;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// The frame of the programs that hand events on by somebody's library: they write all events down
/// as tasks, wait for a line, and hand them on.
final class QueueProgram {
  /// Of the server's 50, some are the bench's own.
  private static final int CONNECTIONS = 36;

  private QueueProgram() {}

  /// What a library does.
  interface Queue {
    /// Writes events of the same state down.
    void enqueue(List<String> bodies, long firstNumber);

    void start();
  }

  interface Opening {
    Queue open(HikariDataSource database, Milestones milestones) throws SQLException;
  }

  /// @param args the number of orders, their size, the number of events, the number not counted
  static void run(String[] args, Opening opening)
      throws IOException, InterruptedException, SQLException {
    Orders orders = new Orders(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    Events events = new Events(orders, Long.parseLong(args[2]));
    Milestones milestones = new Milestones(List.of(Long.parseLong(args[3]), events.count()));
    try (HikariDataSource database = database()) {
      execute(database, HotOrders.TABLE);
      Queue queue = opening.open(database, milestones);
      for (int state = 0; state < events.states(); state++) {
        int now = state;
        for (int first = 0; first < orders.count(); first += 1_000) {
          List<String> bodies =
              java.util.stream.IntStream.range(first, Math.min(first + 1_000, orders.count()))
                  .mapToObj(order -> orders.body(order, now))
                  .toList();
          queue.enqueue(bodies, (long) state * orders.count() + first);
        }
      }
      System.out.println(Milestones.FILLED);
      int _ = System.in.read();
      queue.start();
      milestones.awaitLast();
      int _ = System.in.read();
    }
  }

  private static HikariDataSource database() {
    Map<String, String> at = System.getenv();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:postgresql://%s:%s/%s?reWriteBatchedInserts=true"
            .formatted(at.get("PGHOST"), at.get("PGPORT"), at.get("PGDATABASE")));
    config.setUsername(at.get("PGUSER"));
    config.setPassword(at.get("PGPASSWORD"));
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  static void execute(HikariDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The work of a task: the upsert, in a transaction of its own.
  static void handOn(HikariDataSource database, Milestones milestones, String body) {
    boolean fresh;
    try (Connection connection = database.getConnection()) {
      fresh = HotOrders.upsert(connection, body);
    } catch (SQLException e) {
      throw new IllegalStateException("an order could not be written", e);
    }
    milestones.done(fresh);
  }
}
