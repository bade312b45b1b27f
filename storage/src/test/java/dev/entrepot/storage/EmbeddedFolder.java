package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    assertThat(ServerProcesses.await(Duration.ofSeconds(30), () -> !processes.all().contains(pid)))
        .isTrue();
  }

  static void count(Database database, int expected) {
    int rows =
        database.read(c -> Sql.of("select count(*) as n from thing").one(c, row -> row.int4("n")));
    assertThat(rows).isEqualTo(expected);
  }
}
