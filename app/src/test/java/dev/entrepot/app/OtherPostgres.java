package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A server of another PostgreSQL, as Debian's packages install it, on a folder of its own.
final class OtherPostgres implements AutoCloseable {
  /// Root may not run it.
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path programs;
  private final Path folder;
  private final int port;

  private OtherPostgres(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /// Starts one with an empty database. A test is left out where the version is not installed.
  static OtherPostgres start(int version) throws IOException {
    Path programs = Path.of("/usr/lib/postgresql", String.valueOf(version), "bin");
    Assumptions.assumeTrue(
        Files.isExecutable(programs.resolve("initdb")),
        "PostgreSQL " + version + " is absent: apt-get install postgresql-" + version);
    Path folder = Files.createTempDirectory("postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    OtherPostgres server = new OtherPostgres(programs, folder, freePort());
    String data = folder.resolve("data").toString();
    server.run("initdb", "-D", data, "-U", "entrepot", "--auth=trust", "--encoding=UTF8");
    server.run(
        "pg_ctl",
        "-w",
        "-D",
        data,
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s"
            .formatted(server.port, folder),
        "start");
    server.run("createdb", "-h", "127.0.0.1", "-p", "" + server.port, "-U", "entrepot", "entrepot");
    return server;
  }

  String url() {
    return "postgresql://entrepot@127.0.0.1:" + port + "/entrepot";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(AS_NOBODY);
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, program, ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    int code = process.onExit().join().exitValue();
    assertThat(code).as("%s: %s", command, Files.readString(said)).isZero();
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "-w", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
