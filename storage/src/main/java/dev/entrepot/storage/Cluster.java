package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data of an embedded server: making it, configuring it, and what its PID file says.
final class Cluster {

  static final String ROLE = "entrepot";
  static final String DATABASE = "entrepot";

  /// As which work for one tenant is done; ours may not make roles itself.
  private static final String TENANT_ROLE = "entrepot_tenant";

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final ServerFolder folder;
  private final PostgresBinaries binaries;
  private final ServerAccount account;

  Cluster(ServerFolder folder, PostgresBinaries binaries, ServerAccount account) {
    this.folder = folder;
    this.binaries = binaries;
    this.account = account;
  }

  /// Makes the cluster when it is absent, whole or not at all: with a role for us that is no
  /// superuser, one for work in the name of tenants, and a database that ours owns. No server may
  /// run on it.
  void create() throws IOException, InterruptedException {
    if (Files.exists(folder.cluster())) {
      requireVersion();
      if (folder.password().isEmpty()) {
        LOG.warn("the password in {} is lost; the role gets a new one", folder.path());
        String password = ServerFolder.newPassword();
        execute(folder.cluster(), "alter role %s password '%s';".formatted(ROLE, password));
        folder.keep(password);
      }
      return;
    }
    account.requireName();
    folder.requireSpace();
    long start = System.nanoTime();
    Path part = folder.temporary("cluster");
    ServerFolder.deleteTree(part);
    Files.createDirectory(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.own(part);
    run(
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + part,
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--auth-local=reject",
            "--auth-host=scram-sha-256",
            "--no-instructions"),
        "");
    String password = ServerFolder.newPassword();
    execute(
        part,
        "create role %s login createdb password '%s';".formatted(ROLE, password),
        "create role %s nologin;".formatted(TENANT_ROLE),
        "grant %s to %s;".formatted(TENANT_ROLE, ROLE),
        "create database %s owner %s;".formatted(DATABASE, ROLE));
    folder.keep(password);
    Files.move(part, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    LOG.info(
        "made a new database in {} in {} ms",
        folder.cluster(),
        (System.nanoTime() - start) / 1_000_000);
  }

  /// Runs statements as superuser by a server without clients.
  private void execute(Path cluster, String... statements)
      throws IOException, InterruptedException {
    run(
        List.of(
            binaries.program("postgres").toString(),
            "--single",
            "-j",
            "-D",
            cluster.toString(),
            "postgres"),
        String.join("\n\n", statements) + "\n\n");
  }

  private void requireVersion() throws IOException {
    String version = Files.readString(folder.cluster().resolve("PG_VERSION")).strip();
    if (!version.equals(String.valueOf(PostgresBinaries.MAJOR))) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "the data in "
              + folder.cluster()
              + " was written by PostgreSQL "
              + version
              + ", and this program brings PostgreSQL "
              + PostgresBinaries.MAJOR
              + "; use the program that wrote it, or choose another data folder");
    }
  }

  /// Writes the server's configuration, so that a newer program brings its own.
  void configure() throws IOException {
    StringBuilder config = new StringBuilder();
    try (InputStream stream =
        Objects.requireNonNull(Cluster.class.getResourceAsStream("postgresql.conf"))) {
      config.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
    if (!Files.isDirectory(Path.of("/dev/shm"))) {
      config.append("dynamic_shared_memory_type = mmap\n");
    }
    if (Files.exists(folder.customConfig())) {
      String custom = folder.customConfig().toString().replace("'", "''");
      config.append("include = '").append(custom).append("'\n");
    }
    write("postgresql.conf", config.toString());
    write(
        "pg_hba.conf",
        "# Written anew at each start.\nhost all " + ROLE + " 127.0.0.1/32 scram-sha-256\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.cluster().resolve(name);
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    folder.write(file, text);
    account.own(file);
  }

  boolean hasPidFile() {
    return Files.exists(pidFile());
  }

  void deletePidFile() throws IOException {
    Files.deleteIfExists(pidFile());
  }

  /// The process that the PID file names: a server's, or that of one that died.
  OptionalLong pid() throws IOException {
    List<String> lines = pidLines();
    return lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,18}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(lines.getFirst()));
  }

  /// Whether the server with this process takes connections.
  boolean ready(long pid) throws IOException {
    List<String> lines = pidLines();
    return lines.size() >= 8
        && lines.getFirst().equals(String.valueOf(pid))
        && lines.get(7).equals("ready");
  }

  /// Its lines are described in PostgreSQL's `pidfile.h`.
  private List<String> pidLines() throws IOException {
    try {
      return Files.readString(pidFile()).lines().map(String::strip).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Path pidFile() {
    return folder.cluster().resolve("postmaster.pid");
  }

  private void run(List<String> program, String input) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder.path(), "setup", ".log");
    try {
      ProcessBuilder builder =
          ServerProcesses.builder(account.command(program))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      Process process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      String said = Files.readString(output);
      // The single-user server reports errors of statements in its output alone.
      if (process.waitFor() != 0 || said.contains("ERROR:")) {
        throw new StorageException(
            Code.UNAVAILABLE,
            "PostgreSQL cannot be set up in "
                + folder.path()
                + ": "
                + program.getFirst()
                + " ended with status "
                + process.exitValue()
                + " and said: "
                + said.strip());
      }
    } finally {
      Files.delete(output);
    }
  }
}
