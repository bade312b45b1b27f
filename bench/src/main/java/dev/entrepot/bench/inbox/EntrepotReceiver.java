package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ServedProgram;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The program as people run it, `entrepot serve`, on the same server as the others. While it takes
/// events it also hands them on, in order per key, to its hot store.
final class EntrepotReceiver implements Receiver {
  private final Postgres postgres;
  private final ServedProgram program;

  EntrepotReceiver(Postgres postgres, String secret, Path work) {
    this(postgres, secret, work, List.of());
  }

  /// @param options of `serve`, besides the usual ones
  EntrepotReceiver(Postgres postgres, String secret, Path work, List<String> options) {
    this.postgres = postgres;
    this.program = new ServedProgram(postgres, secret, work, options);
  }

  @Override
  public void start() throws IOException, InterruptedException {
    program.prepare();
    program.start();
    program.await();
  }

  @Override
  public int port() {
    return program.port();
  }

  /// What the program itself holds in memory, in bytes.
  long resident() throws IOException {
    return program.resident();
  }

  @Override
  public long kept() {
    return count("select count(*) as n from inbox_event");
  }

  /// Events that are not handed on yet.
  @Override
  public long behind() {
    return count(
        """
        select coalesce(sum((
          select count(*) from inbox_event e where e.lane = l.lane and e.position > l.position
        )), 0)::bigint as n
        from inbox_lane l
        """);
  }

  private long count(String statement) {
    return postgres
        .database()
        .read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
  }

  @Override
  public double receiverSeconds() throws IOException {
    return program.cpuSeconds();
  }

  @Override
  public double storeSeconds() throws IOException {
    return postgres.cpuSeconds();
  }

  @Override
  public String versions() {
    return "this source tree";
  }

  @Override
  public void close() {
    program.close();
  }
}
