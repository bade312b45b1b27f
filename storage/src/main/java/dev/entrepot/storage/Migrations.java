package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The numbered SQL files of all modules, applied once each, in order, by Flyway under its lock.
/// Flyway is loaded only when something differs: a start with a current schema costs one query.
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "dev/entrepot/migrations";
  private static final Pattern FILE = Pattern.compile("V(\\d+)__\\w+\\.sql");

  private static final Sql HISTORY_EXISTS =
      Sql.of("select to_regclass('flyway_schema_history') is not null as present");
  private static final Sql HISTORY =
      Sql.of(
          """
          select version::int as version, checksum
          from flyway_schema_history
          where success and version is not null
          """);

  private final DataSource dataSource;
  private final ClassLoader classes;

  Migrations(DataSource dataSource, ClassLoader classes) {
    this.dataSource = dataSource;
    this.classes = classes;
  }

  /// The highest version that was applied to the database.
  static Optional<Integer> appliedVersion(Connection connection) {
    SortedMap<Integer, Integer> applied = applied(connection);
    return applied.isEmpty() ? Optional.empty() : Optional.of(applied.lastKey());
  }

  /// @param applied checksums by version, as the database tells
  /// @throws StorageException [Code#MIGRATION]
  void apply(SortedMap<Integer, Integer> applied) {
    SortedMap<Integer, Integer> known = known();
    if (applied.equals(known)) {
      return;
    }
    TreeSet<Integer> unknown = new TreeSet<>(applied.keySet());
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      throw new StorageException(
          Code.MIGRATION,
          "the database has migrations "
              + unknown
              + " that this program does not know; start the newer program that applied them, or"
              + " use another database");
    }
    try {
      FluentConfiguration configuration =
          Flyway.configure(classes)
              .dataSource(dataSource)
              .locations("classpath:" + LOCATION)
              .failOnMissingLocations(true);
      // A transaction that does nothing but hold the lock would be ended in a long migration.
      configuration
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
      int count = configuration.load().migrate().migrationsExecuted;
      LOG.info("applied {} migrations, the schema is at version {}", count, known.lastKey());
    } catch (FlywayException e) {
      throw new StorageException(
          Code.MIGRATION, "the schema cannot be brought up to date: " + e.getMessage(), e);
    }
  }

  static SortedMap<Integer, Integer> applied(Connection connection) {
    if (!HISTORY_EXISTS.one(connection, row -> row.bool("present"))) {
      return Collections.emptySortedMap();
    }
    SortedMap<Integer, Integer> versions = new TreeMap<>();
    HISTORY.list(connection, row -> versions.put(row.int4("version"), row.int4("checksum")));
    return versions;
  }

  /// Checksums by version of the files on the class path.
  SortedMap<Integer, Integer> known() {
    SortedMap<Integer, Integer> versions = new TreeMap<>();
    try {
      for (URL folder : Collections.list(classes.getResources(LOCATION))) {
        for (String name : names(folder)) {
          Matcher file = FILE.matcher(name);
          if (!file.matches()) {
            throw new StorageException(
                Code.MIGRATION,
                "not a migration's name: " + name + " in " + folder + "; write V0042__what.sql");
          }
          Integer other = versions.put(Integer.parseInt(file.group(1)), checksum(folder, name));
          if (other != null) {
            throw new StorageException(
                Code.MIGRATION,
                "version " + file.group(1) + " exists twice; renumber " + name + " in " + folder);
          }
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new StorageException(Code.MIGRATION, "the migrations cannot be read: " + e, e);
    }
    return versions;
  }

  private static List<String> names(URL folder) throws IOException, URISyntaxException {
    if (folder.getProtocol().equals("file")) {
      try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
        return files.map(file -> file.getFileName().toString()).toList();
      }
    }
    JarURLConnection connection = (JarURLConnection) folder.openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(LOCATION + "/") && !name.endsWith("/"))
          .map(name -> name.substring(LOCATION.length() + 1))
          .toList();
    }
  }

  /// As Flyway computes it: over the lines without their ends. Were it otherwise, Flyway would run
  /// at each start, and nothing worse.
  private static int checksum(URL folder, String name) throws IOException, URISyntaxException {
    CRC32 checksum = new CRC32();
    URL file = new URI(folder + "/" + name).toURL();
    var connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream stream = connection.getInputStream();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) checksum.getValue();
  }
}
