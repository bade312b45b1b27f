package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs with an embedded server that end in every way.
class KilledProgramTest {

  /// `daemon`, which every Linux has.
  private static final int ORDINARY_USER = 1;

  private static final int NAMELESS_USER = 12_345;

  @TempDir(factory = QuickFolder.class)
  Path parent;

  @Test
  void leavesAFolderThatTheNextProgramTakesOver() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    for (int round = 0; round < 2; round++) {
      Program program =
          Program.start(List.of(), System.getProperty("java.class.path"), folder.path());
      assertThat(program.says()).startsWith("READY");
      long server = folder.serverPid();
      StorageException thrown = Thrown.by(folder::open);
      assertThat(thrown).hasMessageContaining("in use by process " + program.process().pid());
      program.process().destroyForcibly().waitFor();
      // At once: the server of the killed program is still stopping.
      try (Database database = folder.open()) {
        assertThat(database.status().schemaVersion()).isEqualTo("1");
        folder.awaitEnd(server);
      }
    }
  }

  @Test
  void takesTheServerWithIt() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    assumeTrue(folder.account().setpriv().isPresent(), "setpriv absent");
    Program program =
        Program.start(List.of(), System.getProperty("java.class.path"), folder.path());
    assertThat(program.says()).startsWith("READY");
    long server = folder.serverPid();
    program.process().destroyForcibly().waitFor();
    folder.awaitEnd(server);
  }

  @Test
  void endsInOrderWithItsInput() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    Program program =
        Program.start(List.of(), System.getProperty("java.class.path"), folder.path());
    assertThat(program.says()).startsWith("READY");
    long server = folder.serverPid();
    program.process().getOutputStream().close();
    assertThat(program.process().waitFor()).isZero();
    folder.awaitEnd(server);
    assertThat(folder.cluster().hasPidFile()).isFalse();
  }

  @Test
  void worksForAnOrdinaryUser() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    assumeTrue(folder.account().root(), "runs as an ordinary user anyway");
    List<String> asUser = as(folder, ORDINARY_USER);
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    String classPath = readableClassPath();
    Program refused = Program.start(asUser, classPath, folder.path());
    assertThat(refused.says()).startsWith("FAILED UNAVAILABLE").contains("is not writable");
    own(folder.path(), ORDINARY_USER);
    for (int round = 0; round < 2; round++) {
      Program program = Program.start(asUser, classPath, folder.path());
      assertThat(program.says()).startsWith("READY");
      long server = folder.serverPid();
      assertThat(Files.getAttribute(Path.of("/proc/" + server), "unix:uid"))
          .isEqualTo(ORDINARY_USER);
      program.process().destroyForcibly().waitFor();
    }
    // What an ordinary user made, root goes on with, in that user's name.
    try (Database database = folder.open()) {
      assertThat(Files.getAttribute(Path.of("/proc/" + folder.serverPid()), "unix:uid"))
          .isEqualTo(ORDINARY_USER);
      assertThat(database.status().schemaVersion()).isEqualTo("1");
    }
  }

  @Test
  void saysWhoseDataItIs() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    assumeTrue(folder.account().root(), "needs two users");
    folder.open().close();
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    own(folder.path(), ORDINARY_USER);
    Program program = Program.start(as(folder, ORDINARY_USER), readableClassPath(), folder.path());
    assertThat(program.says()).startsWith("FAILED").contains("belongs to user 65534", "chown -R");
  }

  @Test
  void saysWhenTheUserHasNoName() throws Exception {
    EmbeddedFolder folder = EmbeddedFolder.in(parent);
    assumeTrue(folder.account().root(), "needs another user");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    own(folder.path(), NAMELESS_USER);
    Program program = Program.start(as(folder, NAMELESS_USER), readableClassPath(), folder.path());
    assertThat(program.says()).startsWith("FAILED").contains("12345", "/etc/passwd");
  }

  private static List<String> as(EmbeddedFolder folder, int user) throws IOException {
    String setpriv = folder.account().setpriv().orElseThrow().toString();
    return List.of(setpriv, "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
  }

  private static void own(Path file, int user) throws IOException {
    Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    for (String name : List.of("lock", "password", "port", "server.log")) {
      if (Files.exists(file.resolve(name))) {
        Files.setAttribute(file.resolve(name), "unix:uid", user);
      }
    }
  }

  /// The same libraries where another user may read them.
  private String readableClassPath() throws IOException {
    Path libraries = Files.createDirectory(parent.resolve("libraries"));
    List<String> entries = new ArrayList<>();
    for (String entry : testClassPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = libraries.resolve(entries.size() + "-" + from.getFileName());
      if (Files.isDirectory(from)) {
        copyTree(from, to);
      } else {
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
      }
      entries.add(to.toString());
    }
    Files.setPosixFilePermissions(libraries, PosixFilePermissions.fromString("rwxr-xr-x"));
    return String.join(File.pathSeparator, entries);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /// Surefire hides it in a jar's manifest.
  private static String testClassPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private record Program(Process process, BufferedReader output) {

    static Program start(List<String> prefix, String classPath, Path folder) throws IOException {
      List<String> command = new ArrayList<>(prefix);
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx128m",
              "-cp",
              classPath,
              ServerProgram.class.getName(),
              folder.toString()));
      ProcessBuilder program = new ProcessBuilder(command);
      program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Program(process, process.inputReader());
    }

    /// What it says next, other than its log.
    String says() throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("READY") || line.startsWith("FAILED")) {
          return line;
        }
      }
      return "nothing";
    }
  }
}
