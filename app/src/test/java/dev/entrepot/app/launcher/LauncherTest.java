package dev.entrepot.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.Patience;
import dev.entrepot.app.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher with JDKs that only say how they were called.
class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("entrepot.root", ".."));

  @TempDir private Path folder;
  private Path launcher;

  record Ended(int code, String output) {}

  @BeforeEach
  void copyLauncher() throws IOException {
    launcher = folder.resolve("entrepot");
    Files.copy(ROOT.resolve("entrepot"), launcher);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void runsTheBuiltProgramWithTheArgumentsAsTheyWereTyped() throws Exception {
    built();
    Path jdk = jdk("good", "25.0.1");
    Ended ended =
        run(
            Map.of("ENTREPOT_JAVA", jdk.toString(), "ENTREPOT_HEAP", "512m"),
            "upload",
            "two words.csv",
            "*");
    assertThat(ended.output())
        .contains("-Xmx512m")
        .contains(
            "-cp\n"
                + folder.toRealPath()
                + "/app/target/entrepot/lib/*\ndev.entrepot.app.Main\n"
                + "upload\ntwo words.csv\n*\n");
    assertThat(ended.code()).isZero();
  }

  @Test
  void takesJavaHomeAndFollowsLinksToItself() throws Exception {
    built();
    Path jdk = jdk("home", "26");
    Path link = folder.resolve("elsewhere");
    Files.createSymbolicLink(link, launcher);
    launcher = link;
    assertThat(run(Map.of("JAVA_HOME", jdk.toString()), "version").output())
        .startsWith("this is " + jdk.toRealPath())
        .endsWith("version\n");
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    built();
    Path old = jdk("old", "17.0.15");
    Ended ended = run(Map.of("JAVA_HOME", old.toString()), "version");
    assertThat(ended.output()).doesNotContain("this is " + old);
  }

  @Test
  void anOldJavaThatWasAskedForIsRefused() throws Exception {
    Path old = jdk("old", "17.0.15");
    Ended ended = run(Map.of("ENTREPOT_JAVA", old.toString()), "version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .contains("ENTREPOT_JAVA is \"" + old + "\", a Java 17. Entrepot needs 25 or later");
    assertThat(run(Map.of("ENTREPOT_JAVA", "/no/such"), "version").output())
        .contains("no bin/java in it");
  }

  @Test
  void saysWhatToInstallWhenMavenIsMissing() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool :
        List.of("bash", "dirname", "readlink", "sed", "find", "mkdir", "flock", "env")) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        if (Files.exists(Path.of(place + tool)) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), Path.of(place + tool));
        }
      }
    }
    Ended ended =
        run(
            Map.of("ENTREPOT_JAVA", jdk("good", "25").toString(), "PATH", tools.toString()),
            "version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("apt-get install maven");
  }

  private void built() throws IOException {
    Path program = folder.resolve("app/target/entrepot");
    Files.createDirectories(program.resolve("lib"));
    Files.createFile(program.resolve("built"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String tool : List.of("java", "javac")) {
      Path file = jdk.resolve("bin").resolve(tool);
      Files.writeString(
          file, "#!/bin/sh\necho \"this is " + jdk.toRealPath() + "\"\nprintf '%s\\n' \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return jdk;
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("ENTREPOT_"));
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_HOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Path output = Files.createTempFile(folder, "output", ".txt");
    builder.redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(Patience.LONGEST)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Processes.end(process);
    }
  }
}
