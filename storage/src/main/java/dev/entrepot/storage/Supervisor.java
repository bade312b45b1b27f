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
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final long LONGEST_LOG = 10L << 20;
  private static final int TAIL = 4_000;

  private final ServerFolder folder;
  private final Cluster cluster;
  private final ServerProcesses processes;
  private final List<String> command;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread thread;

  /// @param command runs the server in the foreground
  Supervisor(
      ServerFolder folder, Cluster cluster, ServerProcesses processes, List<String> command) {
    this.folder = folder;
    this.cluster = cluster;
    this.processes = processes;
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
    if (stopping.compareAndSet(false, true)) {
      thread.interrupt();
    }
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
      LOG.debug("told to stop", e);
    } catch (IOException | RuntimeException | Error e) {
      if (!started.completeExceptionally(e)) {
        LOG.error("PostgreSQL in {} is no longer supervised", folder.path(), e);
      }
    }
  }

  private void supervise() throws IOException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!stopping.get()) {
      long begin = System.nanoTime();
      try {
        runOnce();
      } catch (IOException | RuntimeException e) {
        if (!started.isDone() || stopping.get()) {
          throw e;
        }
        LOG.error("PostgreSQL does not start again, trying on: {}", e.toString());
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
    processes.clear();
    trimLog();
    long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    Process process =
        ServerProcesses.builder(command)
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
      // The interrupt has done its work, and must not disturb the orderly end.
      boolean _ = Thread.interrupted();
      if (process.isAlive()) {
        processes.end(process.pid(), () -> !process.isAlive());
      }
    }
  }

  private void awaitReady(Process process, long logStart) throws IOException, InterruptedException {
    boolean ready =
        ServerProcesses.await(RECOVERY, () -> !process.isAlive() || cluster.ready(process.pid()));
    if (!ready || !process.isAlive()) {
      String reason =
          ready
              ? "ended with status " + process.exitValue()
              : "takes no connections after " + RECOVERY.toMinutes() + " minutes";
      throw new StorageException(
          folder.full() ? Code.DISK_FULL : Code.UNAVAILABLE,
          "the embedded PostgreSQL in "
              + folder.path()
              + " "
              + reason
              + folder.hint()
              + "; its log, "
              + folder.log()
              + ", says: "
              + logSince(logStart));
    }
  }

  /// A log that cannot be shortened stops no server.
  private void trimLog() {
    Path log = folder.log();
    try {
      if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
        keepLog(log);
        // The server appends to the same file and goes on at its new end.
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
          channel.truncate(0);
        }
      }
    } catch (IOException e) {
      LOG.warn("the log {} cannot be shortened: {}", log, e.toString());
    }
  }

  private void keepLog(Path log) {
    try {
      Files.copy(log, folder.path().resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("the log {} is shortened without a copy: {}", log, e.toString());
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
