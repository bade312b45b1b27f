package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A folder for an embedded server, whose binaries are there already, and what tests do to it.
record EmbeddedFolder(Path path) {

  static EmbeddedFolder in(Path parent) throws IOException {
    Path path = Files.createDirectory(parent.resolve("postgres"));
    PostgresBinaries binaries = TestDatabase.binaries();
    Files.createSymbolicLink(path.resolve("bin-" + PostgresBinaries.version()), binaries.home());
    return new EmbeddedFolder(path);
  }

  /// Has the server use a port that no other program is given meanwhile, as those of connections
  /// and of servers that ask for any are.
  void settlePort() throws IOException {
    // Each program looks from elsewhere on.
    int first = (int) (ProcessHandle.current().pid() % 10_000);
    for (int i = 0; i < 10_000; i++) {
      int port = 20_000 + (first + i) % 10_000;
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        Files.writeString(path.resolve("port"), String.valueOf(free.getLocalPort()));
        return;
      } catch (BindException e) {
        // Somebody has it.
      }
    }
    throw new IOException("no port from 20000 to 29999 is free");
  }

  Database open() {
    return Database.open(new DatabaseConfig.Embedded(path, 4));
  }

  ServerFolder server() {
    return new ServerFolder(path);
  }

  Cluster cluster() throws IOException {
    return new Cluster(server(), TestDatabase.binaries(), account());
  }

  ServerAccount account() throws IOException {
    return ServerAccount.of(server());
  }

  long serverPid() throws IOException {
    return cluster().pid().orElseThrow();
  }

  /// Starts a program as the server's user.
  Process run(String... program) throws IOException {
    return ServerProcesses.builder(account().command(List.of(program)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Not even a zombie works in the folder any more.
  void awaitEnd(long pid) throws IOException, InterruptedException {
    ServerProcesses processes = new ServerProcesses(account(), cluster(), server().cluster());
    assertThat(ServerProcesses.await(Duration.ofMinutes(5), () -> !processes.all().contains(pid)))
        .isTrue();
  }

  static void count(Database database, int expected) {
    int rows =
        database.read(c -> Sql.of("select count(*) as n from thing").one(c, row -> row.int4("n")));
    assertThat(rows).isEqualTo(expected);
  }
}
