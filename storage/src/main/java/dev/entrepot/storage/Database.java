package dev.entrepot.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one store of truth: a pool of connections to a PostgreSQL that is ours or somebody else's.
/// Safe for use by many threads, virtual ones included. Sessions run in UTC.
///
/// When an embedded server dies it is started again by itself; work that was under way fails as
/// [Code#UNAVAILABLE], later work waits for the server up to ten seconds and then fails likewise.
public final class Database implements AutoCloseable {

  /// Work on one connection, which must not outlive it. Checked exceptions of the driver become
  /// [StorageException]; unchecked ones pass through as they are.
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration UNBOUNDED = Duration.ZERO;
  private static final int OLDEST_SERVER = 15;

  // Days and hours in statements must not depend on the machine. A transaction of a machine that is
  // gone, or of a program that stands still, holds its locks: the server notices the one within
  // half a minute, the other within minutes. Rows that are streamed to somebody slow take a while.
  private static final String SESSION =
      """
      set time zone 'UTC';
      set idle_in_transaction_session_timeout = '5min';
      set tcp_keepalives_idle = 15;
      set tcp_keepalives_interval = 5;
      set tcp_keepalives_count = 3
      """;

  private static final Sql NOW = Sql.of("select clock_timestamp() as now");

  private final HikariDataSource pool;
  private final @Nullable EmbeddedPostgres embedded;
  private final String address;
  private final Outage outage = new Outage(InstantSource.system());

  private Database(PGSimpleDataSource server, int poolSize, @Nullable EmbeddedPostgres embedded) {
    this.pool = pool(server, poolSize);
    this.embedded = embedded;
    this.address = address(server);
  }

  /// Opens a pool on a given server, or starts the embedded one. Does not migrate.
  ///
  /// @throws StorageException [Code#UNAVAILABLE] when the server cannot be reached or started, is
  ///   too old, or its folder is in use by another process; the message says what to do
  public static Database open(DatabaseConfig config) {
    return switch (config) {
      case DatabaseConfig.Given given -> open(given);
      case DatabaseConfig.Embedded own ->
          open(EmbeddedPostgres.start(own.folder()), own.poolSize());
    };
  }

  private static Database open(DatabaseConfig.Given given) {
    PGSimpleDataSource server = dataSource(given);
    requireUsable(server);
    return new Database(server, given.poolSize(), null);
  }

  private static Database open(EmbeddedPostgres embedded, int poolSize) {
    try {
      PGSimpleDataSource server = dataSource(embedded.connection(poolSize));
      requireUsable(server);
      return new Database(server, poolSize, embedded);
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  /// The pool, for libraries that want one.
  public DataSource dataSource() {
    return pool;
  }

  /// Runs work on one connection of the pool, each statement in a transaction of its own.
  ///
  /// @throws StorageException what the database refused; nothing is repeated here
  public <T> T read(Work<T> work) {
    return read(UNBOUNDED, work);
  }

  /// As [#read(Work)], but gives up when the server says nothing for a while: its machine may be
  /// gone without a word, which the system notices after a quarter of an hour.
  ///
  /// @param silence longer than any statement of the work takes
  /// @throws StorageException [Code#UNAVAILABLE] also when it was silent for so long
  public <T> T read(Duration silence, Work<T> work) {
    Instant begun = outage.now();
    try (Connection connection = pool.getConnection()) {
      bound(connection, silence);
      T result = work.run(connection);
      succeeded(begun);
      return result;
    } catch (SQLException e) {
      throw failure(e);
    } catch (StorageException e) {
      tell(e);
      throw e;
    }
  }

  /// Runs work in one transaction: committed when the work returns, rolled back when it throws
  /// anything. On an embedded server it is refused as [Code#DISK_FULL] while the disk has so little
  /// space left that the server itself is in danger; reading goes on.
  ///
  /// @throws StorageException what the database refused; nothing is repeated here. Ask it whether
  ///   the transaction [may have committed][StorageException#mayHaveCommitted()] all the same.
  public <T> T write(Work<T> work) {
    return write(UNBOUNDED, work);
  }

  /// As [#write(Work)], but gives up when the server says nothing for a while; see [#read(Duration,
  /// Work)].
  ///
  /// @param silence longer than any statement of the work takes
  /// @throws StorageException [Code#UNAVAILABLE] also when it was silent for so long
  public <T> T write(Duration silence, Work<T> work) {
    if (embedded != null) {
      embedded.requireSpace();
    }
    Instant begun = outage.now();
    try (Connection connection = pool.getConnection()) {
      bound(connection, silence);
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
      } catch (Throwable e) {
        rollback(connection, e);
        throw e;
      }
      commit(connection);
      succeeded(begun);
      return result;
    } catch (SQLException e) {
      throw failure(e);
    } catch (StorageException e) {
      tell(e);
      throw e;
    }
  }

  /// Brings the schema up to date: applies the numbered files under `dev/entrepot/migrations` of
  /// all modules, under a lock that all nodes respect. Quick when there is nothing to do.
  ///
  /// @throws StorageException [Code#MIGRATION] when a file fails, was edited after it was applied,
  ///   or the database is newer than this program
  public void migrate() {
    SortedMap<Integer, Integer> applied = read(Migrations::applied);
    new Migrations(pool, Database.class.getClassLoader()).apply(applied);
  }

  /// Asks the server how it is.
  ///
  /// @throws StorageException [Code#UNAVAILABLE] when it does not answer
  public DatabaseStatus status() {
    return read(connection ->
        new DatabaseStatus(
            connection.getMetaData().getDatabaseProductVersion(),
            embedded != null,
            embedded == null ? null : embedded.folder(),
            address,
            Migrations.appliedVersion(connection).map(String::valueOf).orElse(null)));
  }

  /// The moment by the server's clock, which all nodes share: this machine's may be wrong.
  ///
  /// @throws StorageException as [#read]
  public Instant now() {
    return read(connection -> NOW.one(connection, row -> row.instant("now")));
  }

  /// Closes the pool and stops the embedded server. Work under way fails.
  @Override
  public void close() {
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }

  private StorageException failure(SQLException e) {
    StorageException failure = StorageException.of(e);
    if (pool.isClosed()) {
      return new StorageException(
          Code.UNAVAILABLE, "the database " + address + " is closed", failure);
    }
    if (failure.code() == Code.UNAVAILABLE && embedded != null && embedded.full()) {
      return new StorageException(Code.DISK_FULL, embedded.fullMessage(), failure);
    }
    tell(failure);
    return failure;
  }

  private void tell(StorageException failure) {
    // An interruption closes the thread's own connection; the database is well.
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (failure.code() == Code.UNAVAILABLE && !interrupted && !pool.isClosed() && outage.begins()) {
      LOG.warn(
          "the database {} cannot be used; what needs it waits, or is refused meanwhile: {}",
          address,
          failure.getMessage());
    }
  }

  private void succeeded(Instant begun) {
    outage
        .ends(begun)
        .ifPresent(away ->
            LOG.info("the database {} can be used again after {} s", address, away.toSeconds()));
  }

  /// Until the connection goes back to the pool.
  private static void bound(Connection connection, Duration silence) throws SQLException {
    if (!silence.equals(UNBOUNDED)) {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
    }
  }

  private static void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw StorageException.ofCommit(e);
    }
  }

  private static PGSimpleDataSource dataSource(DatabaseConfig.Given given) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setConnectTimeout((int) CONNECTION_TIMEOUT.toSeconds());
    server.setLoginTimeout((int) CONNECTION_TIMEOUT.toSeconds());
    server.setApplicationName("entrepot");
    server.setReWriteBatchedInserts(true);
    server.setTcpKeepAlive(true);
    // Details carry values of rows, which have no place in logs.
    server.setLogServerErrorDetail(false);
    // After the defaults, so that the address may overrule them.
    server.setURL(given.jdbcUrl());
    if (given.user() != null) {
      server.setUser(given.user());
    }
    if (given.password() != null) {
      server.setPassword(given.password());
    }
    return server;
  }

  private static HikariDataSource pool(PGSimpleDataSource server, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("entrepot");
    config.setDataSource(server);
    config.setMaximumPoolSize(poolSize);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(3).toMillis());
    config.setIdleTimeout(poolSize == 1 ? 0 : Duration.ofMinutes(2).toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(SESSION);
    return new HikariDataSource(config);
  }

  /// One plain connection first: the pool's own failures are slower and less clear.
  private static void requireUsable(PGSimpleDataSource server) {
    try (Connection connection = server.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_SERVER) {
        throw new StorageException(
            Code.UNAVAILABLE,
            "the server at "
                + address(server)
                + " is PostgreSQL "
                + version
                + "; upgrade it to "
                + OLDEST_SERVER
                + " or later, or leave out the database URL to use the embedded one");
      }
      LOG.info(
          "connected to PostgreSQL {} at {}",
          connection.getMetaData().getDatabaseProductVersion(),
          address(server));
    } catch (SQLException e) {
      throw new StorageException(Code.UNAVAILABLE, refusal(server, e), e);
    }
  }

  private static String refusal(PGSimpleDataSource server, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String nextStep =
        switch (state) {
          case "28P01", "28000" ->
              "check user \""
                  + server.getUser()
                  + "\" and its password, and the server's pg_hba.conf";
          case "3D000" -> "create the database \"" + server.getDatabaseName() + "\" first";
          case "53300" -> "it has no connection left: raise max_connections or close others";
          case "57P03" -> "it is starting or stopping: try again in a moment";
          default -> "check that it runs there and can be reached from here";
        };
    return "no connection to PostgreSQL at "
        + address(server)
        + ": "
        + e.getMessage()
        + "; "
        + nextStep;
  }

  private static String address(PGSimpleDataSource server) {
    StringBuilder address = new StringBuilder();
    String[] hosts = server.getServerNames();
    int[] ports = server.getPortNumbers();
    for (int i = 0; i < hosts.length; i++) {
      address.append(i == 0 ? "" : ",").append(hosts[i]);
      address.append(':').append(ports[i] == 0 ? 5432 : ports[i]);
    }
    return address.append('/').append(server.getDatabaseName()).toString();
  }
}
