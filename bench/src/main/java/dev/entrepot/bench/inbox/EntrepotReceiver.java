package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Memory;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.SenderConnection;
import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The program as people run it, `entrepot serve`, on the same server as the others. While it takes
/// events it also hands them on, in order per key, to its hot store.
final class EntrepotReceiver implements Receiver {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Postgres postgres;
  private final String secret;
  private final Path work;
  private final List<String> options;
  private @Nullable Process process;
  private int port;

  EntrepotReceiver(Postgres postgres, String secret, Path work) {
    this(postgres, secret, work, List.of());
  }

  /// @param options of `serve`, besides the usual ones
  EntrepotReceiver(Postgres postgres, String secret, Path work, List<String> options) {
    this.options = options;
    this.postgres = postgres;
    this.secret = secret;
    this.work = work;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    postgres.empty();
    Path data = work.resolve("data");
    Workplace.delete(data);
    Files.createDirectories(data);
    SenderConnection.make(postgres.database(), data, "bench", "shopify", secret);
    port = ServerProbe.freePort();
    List<String> command = new ArrayList<>(Workplace.program());
    command.addAll(
        List.of(
            "dev.entrepot.app.Main",
            "serve",
            "--data",
            data.toString(),
            "--port",
            String.valueOf(port),
            "--log-level",
            "warn"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(work.resolve("entrepot.log").toFile()));
    builder.environment().put("ENTREPOT_DATABASE_URL", postgres.url());
    process = builder.start();
    ServerProbe.awaitAnswer(port, process, PATIENCE);
  }

  @Override
  public int port() {
    return port;
  }

  /// What the program itself holds in memory, in bytes.
  long resident() throws IOException {
    return Memory.residentNow(Objects.requireNonNull(process, "not started").pid());
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
        select count(*) as n
        from inbox_event e left join inbox_lane l on l.lane = e.lane
        where e.position > coalesce(l.position, 0)
        """);
  }

  private long count(String statement) {
    return postgres
        .database()
        .read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
  }

  @Override
  public String versions() {
    return "this source tree";
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
