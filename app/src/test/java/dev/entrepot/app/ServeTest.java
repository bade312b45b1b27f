package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as a process of its own.
class ServeTest {
  private final List<Process> started = new ArrayList<>();
  @TempDir private Path data;

  @AfterEach
  void end() {
    started.forEach(Processes::end);
  }

  @Test
  void answersUntilItIsToldToStopAndLeavesNothingBehind() throws Exception {
    Process server = serve("--log-format", "json");
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.readLine()).startsWith("Entrepot is ready at http://127.0.0.1:");
      assertThat(out.readLine()).contains("Nobody can sign in yet");
      assertThat(CommandRun.of(data, "vendor", "add", "ACME", "Acme").code()).isZero();
      server.destroy();
      assertThat(server.waitFor(Patience.LONGEST)).isTrue();
    }
    assertThat(server.exitValue()).isEqualTo(143);
    assertThat(data.resolve("server.json")).doesNotExist();
    assertThat(Files.readAllLines(data.resolve("serve.log")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    assertThat(CommandRun.of(data, "vendor", "list").out()).contains("ACME");
  }

  @Test
  void aKilledServersFileMisleadsNobody() throws Exception {
    Process server = serve();
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.readLine()).startsWith("Entrepot is ready");
    }
    server.destroyForcibly().waitFor();
    assertThat(data.resolve("server.json")).exists();
    assertThat(CommandRun.of(data, "vendor", "list").code()).isZero();
  }

  @Test
  void aWrongSettingEndsItAtOnce() throws Exception {
    Process server = serve("--currency", "EURO");
    assertThat(server.waitFor(Patience.LONGEST)).isTrue();
    assertThat(server.exitValue()).isEqualTo(2);
    assertThat(Files.readString(data.resolve("serve.log")))
        .contains("--currency: \"EURO\" is no ISO 4217 code");
  }

  private Process serve(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.entrepot.app.Main",
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0"));
    command.addAll(List.of(more));
    Process server =
        new ProcessBuilder(command).redirectError(data.resolve("serve.log").toFile()).start();
    started.add(server);
    return server;
  }
}
