package dev.entrepot.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Real databases for tests: one embedded server for the whole JVM in a folder under `target/`,
/// removed at its end, and any number of empty, migrated databases on it.
///
/// ```java
/// private final Database database = TestDatabase.fresh();
///
/// @AfterEach
/// void close() {
///   database.close();
/// }
/// ```
///
/// The server runs without fsync, which no test can tell from outside; all else is as it is in
/// production. For servers that are to be killed, open a [DatabaseConfig.Embedded] of your own.
///
/// The environment variable `ENTREPOT_TEST_SERVER`, `postgresql://USER:PASSWORD@HOST:PORT`, names
/// another server to be used instead, say an older one. Its databases `test_...` are left there.
public final class TestDatabase {

  private static final int POOL_SIZE = 10;
  private static final String MAINTENANCE = "postgres";

  // A server of its own may serve several test runs.
  private static final String PREFIX = "test_" + ProcessHandle.current().pid() + "_";
  private static final String TEMPLATE = PREFIX + "migrated";

  private final Server server;
  private final AtomicInteger count = new AtomicInteger();

  private TestDatabase(Server server) {
    this.server = server;
    try (Database database = Database.open(server.connection(MAINTENANCE, 1))) {
      execute(database, "create database " + TEMPLATE);
    }
    try (Database template = Database.open(server.connection(TEMPLATE, 2))) {
      template.migrate();
    }
  }

  /// A server that databases can be made on.
  private interface Server {
    DatabaseConfig.Given connection(String database, int poolSize);

    /// @param address `postgresql://USER:PASSWORD@HOST:PORT`
    static Server at(URI address) {
      String[] user = address.getUserInfo().split(":", 2);
      return (database, poolSize) ->
          new DatabaseConfig.Given(
              "jdbc:postgresql://%s:%d/%s"
                  .formatted(address.getHost(), address.getPort(), database),
              user[0],
              user[1],
              poolSize);
    }
  }

  /// A new database with all migrations of the class path and no rows. Closing it closes its pool.
  public static Database fresh() {
    return Database.open(freshConfig());
  }

  /// How to reach a new database as of [#fresh()], for a program that opens it by itself.
  public static DatabaseConfig.Given freshConfig() {
    return Holder.INSTANCE.create(" template " + TEMPLATE);
  }

  /// How to reach a new database without any table.
  public static DatabaseConfig.Given emptyConfig() {
    return Holder.INSTANCE.create("");
  }

  private DatabaseConfig.Given create(String options) {
    String name = PREFIX + count.incrementAndGet();
    try (Database database = Database.open(server.connection(MAINTENANCE, 1))) {
      execute(database, "create database " + name + options);
    }
    return server.connection(name, POOL_SIZE);
  }

  private static void execute(Database database, String statement) {
    int _ = database.read(connection -> Sql.of(statement).update(connection));
  }

  /// Binaries that are unpacked once for all tests of a work tree.
  static PostgresBinaries binaries() throws IOException {
    Path root = Path.of(System.getProperty("entrepot.root", System.getProperty("user.dir")));
    Path shared = root.resolve("target").resolve("test-postgres");
    Files.createDirectories(shared);
    try (FileChannel channel =
            FileChannel.open(
                shared.resolve("unpacking"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("no lock in " + shared);
      }
      return PostgresBinaries.unpack(new ServerFolder(shared));
    }
  }

  private static TestDatabase start() {
    String other = System.getenv("ENTREPOT_TEST_SERVER");
    if (other != null) {
      return new TestDatabase(Server.at(URI.create(other)));
    }
    try {
      Path parent = Path.of("target", "test-databases").toAbsolutePath();
      Files.createDirectories(parent);
      removeAbandoned(parent);
      Path folder = Files.createTempDirectory(parent, "server-");
      Files.writeString(
          folder.resolve("custom.conf"),
          "fsync = off\nfull_page_writes = off\nmax_connections = 200\n");
      ServerAccount.of(new ServerFolder(folder)).own(folder.resolve("custom.conf"));
      EmbeddedPostgres server = EmbeddedPostgres.start(folder, binaries());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server)));
      return new TestDatabase(server::connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Hundreds of databases are hundreds of thousands of files, and a JVM that takes 30 seconds to
  /// end is killed by the test runner: they are moved out of sight, and another process deletes
  /// them.
  private static void remove(EmbeddedPostgres server) {
    server.close();
    Path folder = server.folder();
    try {
      Path rubbish = Files.createDirectories(folder.resolveSibling("../test-rubbish").normalize());
      Path gone = Files.move(folder, rubbish.resolve(folder.getFileName()));
      new ProcessBuilder("rm", "-rf", gone.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What killed test runs left behind; their servers ended with them.
  private static void removeAbandoned(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.toList()) {
        try {
          FolderLock.take(new ServerFolder(folder)).close();
          delete(folder);
        } catch (StorageException e) {
          // In use by another run, which removes it itself.
        }
      }
    }
  }

  private static void delete(Path folder) {
    try {
      ServerFolder.deleteTree(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final TestDatabase INSTANCE = start();
  }
}
