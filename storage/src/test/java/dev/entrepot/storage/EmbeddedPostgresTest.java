package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  private static final Sql COUNT = Sql.of("select count(*) as n from thing");

  @TempDir(factory = QuickFolder.class)
  Path parent;

  private EmbeddedFolder folder;

  EmbeddedPostgresTest() {
    folder = new EmbeddedFolder(Path.of("/nowhere"));
  }

  @BeforeEach
  void prepare() throws IOException {
    folder = EmbeddedFolder.in(parent);
  }

  @Test
  void keepsItsDataAndAddressAndSecrets() throws Exception {
    folder.settlePort();
    String address;
    long pid;
    try (Database database = folder.open()) {
      database.migrate();
      database.write(c -> Sql.of("create table thing as select 1 as n").update(c));
      DatabaseStatus status = database.status();
      address = status.address();
      pid = folder.serverPid();
      assertThat(status.embedded()).isTrue();
      assertThat(status.folder()).isEqualTo(folder.path());
      assertThat(status.serverVersion())
          .isEqualTo(PostgresBinaries.version().replaceFirst("\\.0$", ""));
      assertThat(settings(database)).isEqualTo("on on UTF8 C.UTF-8 off");
    }
    folder.awaitEnd(pid);
    assertThat(Files.getPosixFilePermissions(folder.path().resolve("password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.server().cluster()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Database database = folder.open()) {
      EmbeddedFolder.count(database, 1);
      assertThat(database.status().address()).isEqualTo(address);
    }
  }

  private static String settings(Database database) {
    return database.read(c ->
        Sql.of(
                """
                select concat_ws(' ', current_setting('fsync'),
                  current_setting('data_checksums'), current_setting('server_encoding'),
                  (select datlocale from pg_database where datname = current_database()),
                  current_setting('is_superuser')) as settings
                """)
            .one(c, row -> row.text("settings")));
  }

  @Test
  void movesWhenSomethingElseHasItsPort() throws IOException {
    folder.settlePort();
    folder.open().close();
    Path file = folder.path().resolve("port");
    int port = Integer.parseInt(Files.readString(file));
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        Database database = folder.open()) {
      assertThat(database.status().address()).doesNotContain(":" + taken.getLocalPort() + "/");
    }
  }

  @Test
  void startsAlthoughItsLogCannotBeCopied() throws IOException {
    Files.write(folder.server().log(), new byte[11 << 20]);
    Files.createDirectories(folder.path().resolve("server.log.1").resolve("in the way"));
    try (Database database = folder.open()) {
      assertThat(database.status().embedded()).isTrue();
      assertThat(Files.size(folder.server().log())).isLessThan(1 << 20);
    }
  }

  @Test
  void isUsedOnceAtATime() {
    try (Database database = folder.open()) {
      StorageException thrown = Thrown.by(folder::open);
      assertThat(thrown.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(thrown)
          .hasMessageContaining("in use by this very process")
          .hasMessageContaining(folder.path().toString());
      assertThat(database.status().embedded()).isTrue();
    }
    folder.open().close();
  }

  @Test
  void startsAgainWhenItIsKilled() throws Exception {
    try (Database database = folder.open()) {
      database.write(c -> Sql.of("create table thing (n int)").update(c));
      for (int round = 1; round <= 2; round++) {
        int n = round;
        database.write(c -> {
          Sql.of("insert into thing values (?)").with(n).updateOne(c);
          return true;
        });
        long pid = folder.serverPid();
        StorageException thrown =
            Thrown.by(() ->
                database.write(c -> {
                  Sql.of("insert into thing values (0)").updateOne(c);
                  assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
                  return Sql.of("select pg_sleep(60)").first(c, row -> true);
                }));
        assertThat(thrown.code()).isEqualTo(Code.UNAVAILABLE);
        awaitRows(database, round);
        assertThat(folder.serverPid()).isNotEqualTo(pid);
      }
    }
  }

  /// The pool waits for the server by itself, but may first hand out a connection that died.
  private static void awaitRows(Database database, int expected) throws Exception {
    boolean there =
        ServerProcesses.await(
            Duration.ofMinutes(5),
            () -> {
              try {
                return database.read(c -> COUNT.one(c, row -> row.int4("n"))) == expected;
              } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
                return false;
              }
            });
    assertThat(there).isTrue();
  }

  @Test
  void stopsAServerThatWasLeftOver() throws Exception {
    folder.settlePort();
    folder.open().close();
    Process left =
        folder.run(
            TestDatabase.binaries().program("postgres").toString(),
            "-D",
            folder.server().cluster().toString(),
            "-p",
            Files.readString(folder.path().resolve("port")));
    Cluster cluster = folder.cluster();
    assertThat(ServerProcesses.await(Duration.ofMinutes(5), () -> cluster.ready(left.pid())))
        .isTrue();
    try (Database database = folder.open()) {
      assertThat(left.waitFor()).isZero();
      assertThat(database.status().embedded()).isTrue();
      assertThat(folder.serverPid()).isNotEqualTo(left.pid());
    }
  }

  @Test
  void startsWhenThePidFileIsOfNoUse() throws Exception {
    folder.open().close();
    Path file = folder.server().cluster().resolve("postmaster.pid");
    Files.createFile(file);
    folder.open().close();
    Process other = folder.run("/bin/sh", "-c", "exec tail -f /dev/null");
    try {
      Files.writeString(
          file,
          other.pid() + "\n" + folder.server().cluster() + "\n1\n1\n\n127.0.0.1\n0 0\nready\n");
      folder.account().own(file);
      folder.open().close();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void startsWhenAnEarlierSetUpWasBrokenOff() throws IOException {
    Files.createDirectories(folder.server().temporary("cluster").resolve("base"));
    Files.createDirectories(folder.server().temporary("bin"));
    folder.open().close();
    assertThat(folder.server().temporary("cluster")).doesNotExist();
  }

  @Test
  void refusesDataOfAnotherVersion() throws IOException {
    Files.createDirectory(folder.server().cluster());
    Files.writeString(folder.server().cluster().resolve("PG_VERSION"), "17\n");
    StorageException thrown = Thrown.by(folder::open);
    assertThat(thrown.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("PostgreSQL 17").hasMessageContaining("choose another");
  }

  @Test
  void showsTheLogWhenItDoesNotStart() throws IOException {
    folder.open().close();
    Path custom = Files.writeString(folder.server().customConfig(), "no_such_setting = 1\n");
    folder.account().own(custom);
    StorageException thrown = Thrown.by(folder::open);
    assertThat(thrown)
        .hasMessageContaining("no_such_setting")
        .hasMessageContaining(folder.server().log().toString());
    Files.delete(custom);
    folder.open().close();
  }

  @Test
  void mendsWhatItCanOfItsOwn() throws IOException {
    folder.open().close();
    Path password = folder.path().resolve("password");
    String lost = Files.readString(password);
    Files.writeString(password, "");
    Files.writeString(folder.path().resolve("port"), "what?");
    folder.open().close();
    assertThat(Files.readString(password)).isNotEmpty().isNotEqualTo(lost);
  }

  @Test
  void refusesToWriteOnADiskThatIsAboutToFillUp() throws Exception {
    Path disk = Files.createDirectory(parent.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=480m", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(mount.waitFor() == 0, "no right to mount a small disk");
    try (Database database = EmbeddedFolder.in(disk).open()) {
      database.write(c -> Sql.of("create table thing as select 1 as n").update(c));
      Path filler = Files.write(disk.resolve("filler"), new byte[340 << 20]);
      StorageException thrown =
          Thrown.by(() -> database.write(c -> Sql.of("insert into thing values (2)").update(c)));
      assertThat(thrown.code()).isEqualTo(Code.DISK_FULL);
      assertThat(thrown)
          .hasMessageContaining("MB are free at " + disk)
          .hasMessageContaining("free some");
      EmbeddedFolder.count(database, 1);
      Files.delete(filler);
      database.write(c -> Sql.of("insert into thing values (2)").update(c));
      EmbeddedFolder.count(database, 2);
    } finally {
      assertThat(new ProcessBuilder("umount", disk.toString()).start().waitFor()).isZero();
    }
  }

  @Test
  void isOutOfReachOfTheTerminal() throws IOException {
    assumeTrue(folder.account().setsid().isPresent(), "setsid absent");
    try (Database database = folder.open()) {
      assertThat(database.status().embedded()).isTrue();
      String stat = Files.readString(Path.of("/proc/" + folder.serverPid() + "/stat"));
      // After the name in parentheses: state, parent, process group, session.
      assertThat(stat.substring(stat.lastIndexOf(')') + 2))
          .matches("(?s)\\S+ \\S+ \\S+ " + folder.serverPid() + " .*");
    }
  }

  @Test
  void runsInAFolderThatOnlyRootMayPass() throws IOException {
    assumeTrue(folder.account().root(), "not root");
    Path hidden = Objects.requireNonNull(folder.path().getParent());
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    assertThat(folder.account().searches()).isTrue();
    try (Database database = folder.open()) {
      assertThat(database.status().embedded()).isTrue();
    }
  }

  @Test
  void keepsTheSizeOfItsLogInBounds() throws IOException {
    Files.write(folder.server().log(), new byte[11 << 20]);
    folder.open().close();
    assertThat(Files.size(folder.server().log())).isLessThan(1 << 20);
    assertThat(Files.size(folder.path().resolve("server.log.1"))).isEqualTo(11 << 20);
  }
}
