package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoTest {
  private static final String NEXT_ENTRY = "\\R(?=\\d\\d:\\d\\d:\\d\\d\\.\\d{3} )";
  private static final Pattern OF_THE_DATABASE =
      Pattern.compile(
          "^\\S+ +[A-Z]+ +(Database|EmbeddedPostgres|Supervisor|Cluster|ServerProcesses"
              + "|HikariPool|PoolBase|ProxyConnection|HikariDataSource) ");

  @TempDir private Path data;

  /// The log goes to standard error, past the terminal.
  private CommandRun logged(ByteArrayOutputStream log) {
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      return CommandRun.of(data, "demo", "--exit", "--port", "0");
    } finally {
      System.setErr(before);
    }
  }

  /// What storage and its pool say. Other threads of this process write to the same log.
  private static List<String> entriesOfTheDatabase(ByteArrayOutputStream log) {
    return Stream.of(log.toString(StandardCharsets.UTF_8).split(NEXT_ENTRY))
        .filter(entry -> OF_THE_DATABASE.matcher(entry).find())
        .toList();
  }

  @Test
  void showsItsWorldAndDoesSoAgain() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    CommandRun first = logged(log);
    assertThat(first.code()).as(first.out() + first.err()).isZero();
    assertThat(data.resolve("demo/drop-here/NORDIC")).isDirectory();
    assertThat(first.out())
        .contains("nordic-home-spring.csv: partial")
        .contains("900 received = ")
        .contains("lumen-preisliste.csv: partial")
        .contains("rows wait for approval before reaching the catalogue")
        .contains("Console   http://127.0.0.1:")
        .contains("drop-here/NORDIC/, which is watched while the demo runs")
        .contains("admin@demo.example")
        .contains("kept, each once; a delivery with a false signature was refused")
        .contains(" + 0 pending, balanced")
        .containsPattern("deliveries; [1-9]\\d* of them met an outage and came again")
        .containsPattern("\\b[1-9]\\d* deliveries were recognised as duplicates")
        .containsPattern("; [1-9]\\d* events came late and changed nothing")
        .containsPattern("\\b[1-9]\\d* wait to be mended \\(.*malformed.*\\)")
        .containsPattern("\\b[1-9]\\d* alerts are open");
    assertThat(entriesOfTheDatabase(log))
        .as("it kills the database itself, which is no reason for stacks")
        .isNotEmpty()
        .noneMatch(entry -> entry.contains("\tat ") || entry.contains("marked as broken"));

    CommandRun second = CommandRun.of(data, "demo", "--exit", "--port", "0");
    assertThat(second.code()).as(second.out() + second.err()).isZero();
    assertThat(second.out()).contains("(these bytes were sent before)");

    // Nothing runs now: these commands start the program for themselves.
    Path folder = data.resolve("demo");
    assertThat(CommandRun.of(folder, "audit").out()).contains("the books balance");
    JsonNode uploads = CommandRun.of(folder, "uploads", "list", "-o", "json").json().path("items");
    assertThat(uploads).hasSize(3);
    CommandRun workbook =
        CommandRun.of(
            folder,
            "upload",
            folder.resolve("files/copper-and-oak.xlsx").toString(),
            "--vendor",
            "COPPER");
    assertThat(workbook.code()).as(workbook.out() + workbook.err()).isEqualTo(3);
    assertThat(workbook.out()).contains("160 received = ");
  }
}
