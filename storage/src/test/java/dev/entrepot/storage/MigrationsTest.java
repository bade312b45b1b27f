package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

  private static final String LOCATION = "dev/entrepot/migrations/";

  @TempDir Path folder;

  private final Database database = Database.open(TestDatabase.emptyConfig());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void appliesFilesOfFoldersAndJarsOnce() throws IOException {
    add("V0001__one.sql", "create table one (id int);\n-- žluť\n\ninsert into one values (1);\r\n");
    jar("V0002__two.sql", "create table two (id int);");
    try (URLClassLoader classes = classes()) {
      migrate(classes);
      assertThat(applied().keySet()).containsExactly(1, 2);
      // Our checksums are Flyway's, else every start would load it.
      assertThat(new Migrations(database.dataSource(), classes).known()).isEqualTo(applied());
      migrate(classes);
      assertThat(database.status().schemaVersion()).isEqualTo("2");
    }
  }

  @Test
  void appliesEachFileOnceWhenManyStartAtOnce() throws Exception {
    add("V0001__one.sql", "create table one (id int); insert into one values (1);");
    add("V0002__two.sql", "insert into one values (2);");
    try (URLClassLoader classes = classes();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> migrate =
          () -> {
            migrate(classes);
            return true;
          };
      for (Future<Boolean> done : threads.invokeAll(List.of(migrate, migrate, migrate))) {
        assertThat(done.get()).isTrue();
      }
    }
    long rows =
        database.read(c -> Sql.of("select count(*) as n from one").one(c, row -> row.int8("n")));
    assertThat(rows).isEqualTo(2);
  }

  @Test
  void undoesAFileThatFails() throws IOException {
    add("V0001__one.sql", "create table one (id int); insert into one values ('x');");
    try (URLClassLoader classes = classes()) {
      StorageException thrown = Thrown.by(() -> migrate(classes));
      assertThat(thrown.code()).isEqualTo(Code.MIGRATION);
      assertThat(thrown).hasMessageContaining("V0001__one.sql");
    }
    boolean exists =
        database.read(c ->
            Sql.of("select to_regclass('one') is not null as yes").one(c, row -> row.bool("yes")));
    assertThat(exists).isFalse();
    add("V0001__one.sql", "create table one (id int);");
    try (URLClassLoader classes = classes()) {
      migrate(classes);
    }
    assertThat(applied().keySet()).containsExactly(1);
  }

  @Test
  void refusesAnEditedFile() throws IOException {
    add("V0001__one.sql", "create table one (id int);");
    try (URLClassLoader classes = classes()) {
      migrate(classes);
    }
    add("V0001__one.sql", "create table one (id bigint);");
    try (URLClassLoader classes = classes()) {
      StorageException thrown = Thrown.by(() -> migrate(classes));
      assertThat(thrown.code()).isEqualTo(Code.MIGRATION);
      assertThat(thrown).hasMessageContaining("checksum");
    }
  }

  @Test
  void refusesADatabaseOfANewerProgram() throws IOException {
    add("V0001__one.sql", "create table one (id int);");
    Path second = add("V0002__two.sql", "create table two (id int);");
    try (URLClassLoader classes = classes()) {
      migrate(classes);
    }
    Files.delete(second);
    try (URLClassLoader classes = classes()) {
      StorageException thrown = Thrown.by(() -> migrate(classes));
      assertThat(thrown.code()).isEqualTo(Code.MIGRATION);
      assertThat(thrown).hasMessageContaining("[2]").hasMessageContaining("newer");
    }
  }

  @Test
  void takesAFileThatWasWrittenAnewForTheOneItWas() throws IOException {
    Path one = add("V0001__one.sql", "create table one (id int, name text);");
    int before;
    try (URLClassLoader classes = classes()) {
      migrate(classes);
      before = applied().getOrDefault(1, 0);
    }
    String anew = "create table one (id int);\nalter table one add name text;\n";
    Files.writeString(one, anew);
    try (URLClassLoader classes = classes()) {
      assertThat(Thrown.by(() -> migrate(classes)).code()).isEqualTo(Code.MIGRATION);
    }
    Files.writeString(one, "-- Checksum before: " + (before + 1) + "\n" + anew);
    try (URLClassLoader classes = classes()) {
      assertThat(Thrown.by(() -> migrate(classes)).code()).isEqualTo(Code.MIGRATION);
    }
    Files.writeString(one, "-- Checksum before: " + before + "\n" + anew);
    try (URLClassLoader classes = classes()) {
      migrate(classes);
      assertThat(applied()).isEqualTo(new Migrations(database.dataSource(), classes).known());
    }
  }

  @Test
  void refusesFilesThatCannotBeOrdered() throws IOException {
    add("V0001__one.sql", "select 1;");
    jar("V0001__other.sql", "select 1;");
    try (URLClassLoader classes = classes()) {
      assertThat(Thrown.by(() -> migrate(classes))).hasMessageContaining("exists twice");
    }
    add("one.sql", "select 1;");
    try (URLClassLoader classes = classes()) {
      assertThat(Thrown.by(() -> migrate(classes))).hasMessageContaining("not a migration's name");
    }
  }

  private void migrate(ClassLoader classes) {
    new Migrations(database.dataSource(), classes).apply(applied());
  }

  private SortedMap<Integer, Integer> applied() {
    return database.read(Migrations::applied);
  }

  private Path add(String name, String text) throws IOException {
    Path file = folder.resolve("classes").resolve(LOCATION).resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void jar(String name, String text) throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("more.jar")))) {
      jar.putNextEntry(new JarEntry(LOCATION));
      jar.putNextEntry(new JarEntry(LOCATION + name));
      jar.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Without the migrations of this module.
  private URLClassLoader classes() throws IOException {
    URI classes = folder.resolve("classes").toUri();
    return new URLClassLoader(
        new URL[] {URI.create(classes + "/").toURL(), folder.resolve("more.jar").toUri().toURL()},
        ClassLoader.getPlatformClassLoader());
  }
}
