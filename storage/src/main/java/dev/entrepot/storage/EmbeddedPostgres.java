package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own in a folder that outlives it.
///
/// Never are two servers on one folder: a [FolderLock] keeps other programs out, and a server that
/// a killed program left behind is stopped first. The server ends with this program, even when the
/// program is killed. When the server dies alone, [Supervisor] starts it again at the same address.
final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final int ATTEMPTS = 3;

  private final ServerFolder folder;
  private final FolderLock lock;
  private final Supervisor supervisor;
  private final int port;

  private EmbeddedPostgres(ServerFolder folder, FolderLock lock, Supervisor supervisor, int port) {
    this.folder = folder;
    this.lock = lock;
    this.supervisor = supervisor;
    this.port = port;
  }

  /// Starts the server in a folder, which is made when it is absent.
  ///
  /// @throws StorageException when that is not possible; the message says what to do
  static EmbeddedPostgres start(Path path) {
    return start(path, null);
  }

  /// @param binaries where they are unpacked already; absent: in the folder
  static EmbeddedPostgres start(Path path, @Nullable PostgresBinaries binaries) {
    ServerFolder folder = ServerFolder.open(path);
    FolderLock lock = null;
    try {
      lock = FolderLock.take(folder);
      EmbeddedPostgres server = start(folder, lock, binaries);
      lock = null;
      return server;
    } catch (IOException e) {
      throw new StorageException(
          folder.full() ? Code.DISK_FULL : Code.UNAVAILABLE,
          "the embedded PostgreSQL in " + path + " does not start: " + e + folder.hint(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          Code.UNAVAILABLE, "interrupted while the embedded PostgreSQL started", e);
    } finally {
      release(lock);
    }
  }

  private static EmbeddedPostgres start(
      ServerFolder folder, FolderLock lock, @Nullable PostgresBinaries given)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ServerAccount account = ServerAccount.of(folder);
    PostgresBinaries binaries = given == null ? PostgresBinaries.unpack(folder) : given;
    Cluster cluster = new Cluster(folder, binaries, account);
    ServerProcesses processes = new ServerProcesses(account, cluster, folder.cluster());
    processes.clear();
    cluster.create();
    cluster.configure();
    for (int attempt = 1; ; attempt++) {
      int port = port(folder);
      Supervisor supervisor =
          new Supervisor(
              folder, cluster, processes, account.command(command(folder, binaries, port)));
      try {
        supervisor.start();
      } catch (StorageException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        // Another program may have taken the port, or a dying server the folder, at this moment.
        LOG.debug("attempt {} failed", attempt, e);
        continue;
      }
      LOG.info(
          "PostgreSQL runs in {} on port {}, started in {} ms",
          folder.path(),
          port,
          (System.nanoTime() - start) / 1_000_000);
      return new EmbeddedPostgres(folder, lock, supervisor, port);
    }
  }

  private static List<String> command(ServerFolder folder, PostgresBinaries binaries, int port) {
    return List.of(
        binaries.program("postgres").toString(),
        "-D",
        folder.cluster().toString(),
        "-p",
        String.valueOf(port));
  }

  Path folder() {
    return folder.path();
  }

  /// Refuses to write while the disk is about to fill up: PostgreSQL stops altogether when it
  /// cannot write its log, and then cannot even be read.
  ///
  /// @throws StorageException [Code#DISK_FULL]
  void requireSpace() {
    if (folder.full()) {
      throw new StorageException(Code.DISK_FULL, fullMessage());
    }
  }

  /// Whether the disk is so full that this explains why the server does not answer.
  boolean full() {
    return folder.full();
  }

  String fullMessage() {
    return folder.fullMessage();
  }

  /// How to connect to a database of this server.
  DatabaseConfig.Given connection(String database, int poolSize) {
    return new DatabaseConfig.Given(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
        Cluster.ROLE,
        folder.password().orElseThrow(),
        poolSize);
  }

  DatabaseConfig.Given connection(int poolSize) {
    return connection(Cluster.DATABASE, poolSize);
  }

  /// Stops the server: what is committed is on disk, sessions are cut. Does nothing the second
  /// time.
  @Override
  public void close() {
    supervisor.stop();
    LOG.info("PostgreSQL in {} is stopped", folder.path());
    release(lock);
  }

  /// The port of the last time, unless something else has it now.
  private static int port(ServerFolder folder) throws IOException {
    Path file = folder.path().resolve("port");
    String last = Files.exists(file) ? Files.readString(file).strip() : "";
    if (last.matches("[0-9]{1,5}") && free(Integer.parseInt(last))) {
      return Integer.parseInt(last);
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      folder.write(file, String.valueOf(socket.getLocalPort()));
      return socket.getLocalPort();
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void release(@Nullable FolderLock lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.warn("the lock of a folder cannot be closed", e);
      }
    }
  }
}
