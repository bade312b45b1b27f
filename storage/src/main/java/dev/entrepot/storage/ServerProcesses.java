package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes of servers on one cluster, as far as the system knows them. Everything is asked
/// and done as the server's own user, for in a container even root may not look into or signal the
/// processes of others.
final class ServerProcesses {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProcesses.class);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration ABORT = Duration.ofSeconds(10);
  private static final Duration ORPHANS = Duration.ofSeconds(2);

  /// All processes that work inside a folder, which servers do, and they alone.
  private static final String LIST =
      """
      for process in /proc/[0-9]*; do
        [ "$process/cwd" -ef "$0" ] && echo "${process#/proc/}"
      done
      true
      """;

  private final ServerAccount account;
  private final Cluster cluster;
  private final Path folder;

  ServerProcesses(ServerAccount account, Cluster cluster, Path folder) {
    this.account = account;
    this.cluster = cluster;
    this.folder = folder;
  }

  /// All that live.
  List<Long> all() throws IOException, InterruptedException {
    Process shell =
        builder(account.command(List.of("/bin/sh", "-c", LIST, folder.toString())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = shell.inputReader()) {
      List<Long> found = lines.lines().map(Long::valueOf).toList();
      if (shell.waitFor() != 0) {
        throw new IOException("the processes in /proc cannot be listed as the server's user");
      }
      return found;
    }
  }

  /// Sends a signal. That the process has ended meanwhile is no failure.
  void signal(long process, String name) throws IOException, InterruptedException {
    String send = "kill -s \"$0\" \"$1\"";
    builder(account.command(List.of("/bin/sh", "-c", send, name, String.valueOf(process))))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// Sees to it that no process of an earlier server remains: neither a whole server that a killed
  /// program left, nor sessions of a server that was killed.
  void clear() throws IOException, InterruptedException {
    if (!cluster.hasPidFile()) {
      return;
    }
    OptionalLong server = cluster.pid();
    if (server.isPresent() && all().contains(server.getAsLong())) {
      LOG.info("the server left over in {}, process {}, is stopped", folder, server.getAsLong());
      end(server.getAsLong(), () -> !all().contains(server.getAsLong()));
    }
    if (!gone(ORPHANS)) {
      for (long session : all()) {
        LOG.info("a session left over in {}, process {}, is ended", folder, session);
        signal(session, "KILL");
      }
    }
    if (!gone(ABORT)) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "processes of an earlier PostgreSQL in "
              + folder
              + " do not end: "
              + all()
              + "; end them and start again");
    }
    // Nothing lives there. But another process may have got the number in the file since, above
    // all in a container, and PostgreSQL would take that for a living server.
    cluster.deletePidFile();
  }

  private boolean gone(Duration most) throws IOException, InterruptedException {
    return await(most, () -> all().isEmpty());
  }

  /// Ends a server: in order, with sessions cut; failing that at once; failing that by force.
  ///
  /// @param ended tells when it has ended
  void end(long server, Condition ended) throws IOException, InterruptedException {
    signal(server, "INT");
    if (await(STOP, ended)) {
      return;
    }
    LOG.warn("PostgreSQL, process {}, does not stop within {}; it is aborted", server, STOP);
    signal(server, "QUIT");
    if (!await(ABORT, ended)) {
      signal(server, "KILL");
    }
  }

  /// A child that takes nothing from our surroundings.
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder.directory(new File("/")).redirectInput(new File("/dev/null"));
  }

  /// Waits until something holds.
  ///
  /// @return whether it does, within the time
  static boolean await(Duration most, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }
}
