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
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The numbered SQL files of all modules, applied once each, in order, by Flyway under its lock.
/// Flyway is loaded only when something differs: a start with a current schema costs one query.
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "dev/entrepot/migrations";
  private static final Pattern FILE = Pattern.compile("V(\\d+)__\\w+\\.sql");

  /// In a file that was written anew, to the same effect: the checksum it had before. Databases
  /// that applied it as it was are up to date.
  private static final Pattern FORMER = Pattern.compile("-- Checksum before: (-?\\d+)");

  private static final Sql HISTORY_EXISTS =
      Sql.of("select to_regclass('flyway_schema_history') is not null as present");
  private static final Sql HISTORY =
      Sql.of(
          """
          select version::int as version, checksum
          from flyway_schema_history
          where success and version is not null
          """);
  private static final Sql WRITTEN_ANEW =
      Sql.of(
          """
          update flyway_schema_history set checksum = ?
          where success and version::int = ? and checksum = ?
          """);

  /// A file of the class path.
  ///
  /// @param former the checksum it had before it was written anew
  private record Script(int checksum, @Nullable Integer former) {}

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
    SortedMap<Integer, Script> scripts = scripts();
    SortedMap<Integer, Integer> known = checksums(scripts);
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
    if (!applied.isEmpty()) {
      acceptFormer(scripts);
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

  /// Takes what was applied before its file was written anew for what the file does now.
  private void acceptFormer(SortedMap<Integer, Script> scripts) {
    try (Connection connection = dataSource.getConnection()) {
      for (Map.Entry<Integer, Script> script : scripts.entrySet()) {
        Integer former = script.getValue().former();
        if (former != null) {
          WRITTEN_ANEW
              .with(script.getValue().checksum(), script.getKey(), former)
              .update(connection);
        }
      }
    } catch (SQLException e) {
      throw StorageException.of(e);
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
    return checksums(scripts());
  }

  private static SortedMap<Integer, Integer> checksums(SortedMap<Integer, Script> scripts) {
    SortedMap<Integer, Integer> checksums = new TreeMap<>();
    scripts.forEach((version, script) -> checksums.put(version, script.checksum()));
    return checksums;
  }

  private SortedMap<Integer, Script> scripts() {
    SortedMap<Integer, Script> versions = new TreeMap<>();
    try {
      for (URL folder : Collections.list(classes.getResources(LOCATION))) {
        for (String name : names(folder)) {
          Matcher file = FILE.matcher(name);
          if (!file.matches()) {
            throw new StorageException(
                Code.MIGRATION,
                "not a migration's name: " + name + " in " + folder + "; write V0042__what.sql");
          }
          Script other = versions.put(Integer.parseInt(file.group(1)), script(folder, name));
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

  /// The checksum as Flyway computes it: over the lines without their ends. Were it otherwise,
  /// Flyway would run at each start, and nothing worse.
  private static Script script(URL folder, String name) throws IOException, URISyntaxException {
    CRC32 checksum = new CRC32();
    Integer former = null;
    URL file = new URI(folder + "/" + name).toURL();
    var connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream stream = connection.getInputStream();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        Matcher before = FORMER.matcher(line);
        if (before.matches()) {
          former = Integer.valueOf(before.group(1));
        }
      }
    }
    return new Script((int) checksum.getValue(), former);
  }
}
