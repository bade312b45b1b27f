package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one server process running. All of it happens on one platform thread, because the system
/// stops the server when the thread that started it ends; the thread ends with the JVM at the
/// latest. Interrupting the thread is how it is told to stop.
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration HEALTHY = Duration.ofSeconds(10);
  private static final Duration RECOVERY = Duration.ofMinutes(30);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration ABORT = Duration.ofSeconds(10);
  private static final Duration ORPHANS = Duration.ofSeconds(2);
  private static final long LONGEST_LOG = 10L << 20;
  private static final int TAIL = 4_000;

  private final ServerFolder folder;
  private final Cluster cluster;
  private final List<String> command;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Thread thread;

  Supervisor(ServerFolder folder, Cluster cluster, List<String> command) {
    this.folder = folder;
    this.cluster = cluster;
    this.command = command;
    this.thread = Thread.ofPlatform().daemon().name("entrepot-postgres").unstarted(this::run);
  }

  /// Starts the server and waits until it takes connections.
  ///
  /// @throws StorageException when it ends before that, with the end of its log
  void start() throws InterruptedException {
    thread.start();
    try {
      started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StorageException failure
          ? failure
          : new StorageException(
              Code.UNAVAILABLE,
              "the embedded PostgreSQL in " + folder.path() + " does not start: " + e.getCause(),
              e.getCause());
    } catch (InterruptedException e) {
      stop();
      throw e;
    }
  }

  /// Stops the server and waits for its end. An interrupt of the caller is kept for later.
  void stop() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      supervise();
    } catch (InterruptedException e) {
      LOG.info("PostgreSQL in {} is stopped", folder.path());
    } catch (IOException | RuntimeException e) {
      if (!started.completeExceptionally(e)) {
        LOG.error("PostgreSQL in {} is no longer supervised", folder.path(), e);
      }
    }
  }

  /// Returns only by an exception.
  private void supervise() throws IOException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      long begin = System.nanoTime();
      try {
        runOnce();
      } catch (IOException | StorageException e) {
        if (!started.isDone()) {
          throw e;
        }
        LOG.error("PostgreSQL in {} does not start again; trying on", folder.path(), e);
      }
      boolean healthy = System.nanoTime() - begin > HEALTHY.toNanos();
      pause = healthy ? FIRST_PAUSE : pause;
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /// Runs one server process to its end.
  private void runOnce() throws IOException, InterruptedException {
    clear();
    trimLog();
    long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    Process process =
        ServerProcess.builder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    try {
      awaitReady(process, logStart);
      LOG.debug("PostgreSQL in {} takes connections, process {}", folder.path(), process.pid());
      started.complete(null);
      while (!process.waitFor(1, TimeUnit.HOURS)) {
        trimLog();
      }
      LOG.warn(
          "PostgreSQL in {}, process {}, ended with status {}; starting it again",
          folder.path(),
          process.pid(),
          process.exitValue());
    } finally {
      if (process.isAlive()) {
        end(process.toHandle());
      }
    }
  }

  private void awaitReady(Process process, long logStart) throws IOException, InterruptedException {
    boolean ready =
        ServerProcess.await(RECOVERY, () -> !process.isAlive() || cluster.ready(process.pid()));
    if (!ready || !process.isAlive()) {
      String reason =
          ready
              ? "ended with status " + process.exitValue()
              : "takes no connections after " + RECOVERY.toMinutes() + " minutes";
      throw new StorageException(
          Code.UNAVAILABLE,
          "the embedded PostgreSQL in "
              + folder.path()
              + " "
              + reason
              + "; its log, "
              + folder.log()
              + ", says: "
              + logSince(logStart));
    }
  }

  /// Sees to it that no process of an earlier server remains: neither a whole server that a killed
  /// program left, nor sessions of a server that was killed.
  private void clear() throws IOException, InterruptedException {
    if (cluster.pid().isEmpty()) {
      return;
    }
    long main = cluster.pid().getAsLong();
    for (ProcessHandle process : ServerProcess.on(folder.cluster())) {
      if (process.pid() == main) {
        LOG.info("a server left over in {}, process {}, is stopped first", folder.path(), main);
        end(process);
      }
    }
    if (gone(ORPHANS)) {
      return;
    }
    for (ProcessHandle session : ServerProcess.on(folder.cluster())) {
      LOG.info("a session left over in {}, process {}, is ended", folder.path(), session.pid());
      session.destroyForcibly();
    }
    if (!gone(ABORT)) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "processes of an earlier PostgreSQL in "
              + folder.path()
              + " do not end: "
              + ServerProcess.on(folder.cluster()).stream().map(ProcessHandle::pid).toList()
              + "; end them and start again");
    }
  }

  private boolean gone(Duration most) throws IOException, InterruptedException {
    return ServerProcess.await(most, () -> ServerProcess.on(folder.cluster()).isEmpty());
  }

  /// Ends a server: in order with sessions cut; failing that at once; failing that by force.
  private static void end(ProcessHandle server) throws IOException, InterruptedException {
    ServerProcess.signal(server, "INT");
    if (ServerProcess.await(STOP, () -> !server.isAlive())) {
      return;
    }
    LOG.warn("PostgreSQL, process {}, does not stop within {}; it is aborted", server.pid(), STOP);
    ServerProcess.signal(server, "QUIT");
    if (!ServerProcess.await(ABORT, () -> !server.isAlive())) {
      server.destroyForcibly();
    }
  }

  private void trimLog() throws IOException {
    Path log = folder.log();
    if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
      Files.copy(log, folder.path().resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
      // The server appends to the same file and goes on at its new end.
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  private String logSince(long start) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.log())) {
      long from = Math.max(start, channel.size() - TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
      channel.read(bytes, from);
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
    }
  }
}
