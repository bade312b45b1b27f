package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.cli.api.LocalServer;
import dev.entrepot.cli.session.GlobalOptions;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CliTest {
  @TempDir private Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final LocalServer none =
      folder -> {
        throw new CommandException(ExitCode.NO_ACCESS, "no server in " + folder);
      };

  @Test
  void everyCommandAndOptionExplainsItself() {
    List<CommandSpec> commands = all(cli(Map.of()).spec()).toList();
    assertThat(commands).hasSizeGreaterThan(30);
    assertThat(commands)
        .allSatisfy(command -> {
          if (command.parent() != null) {
            assertThat(command.usageMessage().description())
                .as(command.qualifiedName())
                .isNotEmpty();
          }
          assertThat(command.options())
              .allSatisfy(option ->
                  assertThat(option.description())
                      .as(command.qualifiedName() + " " + option.longestName())
                      .isNotEmpty());
          assertThat(command.optionsMap()).containsKeys("--output", "--help", "--data");
        });
  }

  @Test
  void helpIsGivenForCommandsBelowCommands() {
    assertThat(cli(Map.of()).run("help", "vendor", "add")).isZero();
    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(help).contains("entrepot vendor add").contains("--approval");
    out.reset();
    assertThat(cli(Map.of()).run("vendor", "add", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(help);
    assertThat(cli(Map.of()).run("help", "vendor", "sell")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("entrepot vendor has no command \"sell\"");
  }

  @Test
  void commandsOfTheInboxShowAnExample() {
    List<String> names =
        List.of(
            "events",
            "tail",
            "dead-letters",
            "replay",
            "trace",
            "connection",
            "secret",
            "client",
            "mapping",
            "run",
            "import",
            "validate",
            "plan",
            "apply",
            "workspace");
    assertThat(
            all(cli(Map.of()).spec())
                .filter(command ->
                    names.stream()
                        .anyMatch(name -> command.qualifiedName().startsWith("entrepot " + name))))
        .hasSizeGreaterThan(25)
        .allSatisfy(command ->
            assertThat(String.join("\n", command.usageMessage().footer()))
                .as(command.qualifiedName())
                .contains("Examples:")
                .contains(command.qualifiedName()));
  }

  @Test
  void theSameIsCalledTheSameEverywhere() {
    assertThat(all(cli(Map.of()).spec()).map(CommandSpec::name))
        .as("say list, show, add, edit, remove")
        .doesNotContain("create", "new", "make", "delete", "drop", "rm", "update", "change", "get");
  }

  @Test
  void formerNamesAreUnderstoodButNotTold() {
    // Understood, so that only the server is missing.
    assertThat(run("apikey", "create", "feed", "--role", "viewer")).isEqualTo(5);
    assertThat(run("secret", "drop", "shop-eu", "1")).isEqualTo(5);
    assertThat(run("apikey", "--help")).isZero();
    assertThat(run("secret", "--help")).isZero();
    assertThat(run("completion")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("apikey add", "  remove  ")
        .doesNotContain("create", "drop");
  }

  @Test
  void helpFitsTheTerminal() {
    for (CommandSpec command : all(cli(Map.of()).spec()).toList()) {
      assertThat(command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
          .as(command.qualifiedName())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void aWrongWordIsAUsageErrorWithAGuess() {
    assertThat(run("uplods")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("uplods")
        .contains("Did you mean")
        .contains("uploads")
        .contains("entrepot --help")
        .doesNotContain("Exception");
    assertThat(out.size()).isZero();
  }

  @Test
  void aTimeThatIsNoneIsToldWithWhatWouldBe() {
    assertThat(run("vendor", "add", "L2", "L2", "--launch-at", "tomorrow")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\"tomorrow\" is no time; write 2027-03-01 (midnight UTC)")
        .doesNotContain("java.time");
    // Understood, so that only the server is missing.
    assertThat(run("vendor", "add", "L2", "L2", "--launch-at", "2027-03-01")).isEqualTo(5);
    assertThat(run("vendor", "add", "L2", "L2", "--launch-at", "2027-03-01T08:00+01:00"))
        .isEqualTo(5);
  }

  @Test
  void withJsonErrorsAreProblemDocuments() {
    assertThat(run("vendor", "list", "-o", "json")).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("{\"detail\":\"no server in " + data)
        .contains("\"exit_code\":5");
    assertThat(out.size()).isZero();
  }

  @Test
  void filesAreLookedAtBeforeAnythingIsSent() {
    assertThat(run("upload", "no-such.csv", "--vendor", "V")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\"no-such.csv\" does not exist; nothing was uploaded");
  }

  @Test
  void lengthsOfTimeAreShortOrIso() {
    assertThat(run("secret", "rotate", "shop", "--overlap", "soon")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\"soon\" is no length of time; write 90s, 15m, 24h, 7d or PT1H30M");
    // Understood, so that only the server is missing.
    assertThat(run("secret", "rotate", "shop", "--overlap", "7d")).isEqualTo(5);
    assertThat(run("secret", "rotate", "shop", "--overlap", "PT90M")).isEqualTo(5);
    assertThat(run("secret", "rotate", "shop", "--overlap", "-PT1S")).isEqualTo(2);
  }

  @Test
  void tailNeedsAServerThatRuns() {
    assertThat(run("tail")).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no server runs on " + data)
        .contains("entrepot serve");
  }

  @Test
  void dealingWithEventsNeedsToSayWithWhich() {
    assertThat(run("dead-letters", "retry")).isEqualTo(2);
    assertThat(run("dead-letters", "retry", "17", "--all")).isEqualTo(2);
    assertThat(run("dead-letters", "skip", "17", "--reason", " ")).isEqualTo(2);
    assertThat(run("dead-letters", "skip", "17")).isEqualTo(2);
    assertThat(run("replay")).isEqualTo(2);
    assertThat(run("replay", "--handler", "hot-store")).isEqualTo(2);
    assertThat(run("replay", "--key", "a/b", "--preview", "--yes")).isEqualTo(2);
    assertThat(run("connection", "edit", "shop")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("nothing is named; give numbers")
        .contains("not both")
        .contains("--reason is empty")
        .contains("Missing required option: '--reason")
        .contains("nothing is named; give events")
        .contains("exclude each other")
        .contains("nothing to change");
  }

  @Test
  void helpOfWhatIsNotThereIsAUsageError() {
    assertThat(run("destinatoin", "--help")).isEqualTo(2);
    assertThat(run("connection", "remvoe", "--help")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("entrepot has no command \"destinatoin\". Did you mean: destination")
        .contains("entrepot connection has no command \"remvoe\". Did you mean")
        .contains("remove");
    assertThat(out.size()).isZero();
    assertThat(run("connection", "remove", "--help")).isZero();
    assertThat(run("--help")).isZero();
  }

  @Test
  void numbersAndIdsThatAreNoneAreNamedWithWhatIsExpected() {
    assertThat(run("dead-letters", "retry", "17", "abc")).isEqualTo(2);
    assertThat(run("dead-letters", "show", "abc")).isEqualTo(2);
    assertThat(run("replay", "show", "99")).isEqualTo(2);
    assertThat(run("events", "list", "--limit", "many")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\"abc\" is no number of a dead letter; see: entrepot dead-letters list")
        .contains("\"abc\" is no whole number")
        .contains("\"99\" is no id; one looks like 0198c0de-")
        .contains("\"many\" is no whole number")
        .doesNotContain("java.lang", "Unmatched");
  }

  @Test
  void usageErrorsAreProblemDocumentsWhereverJsonIsAskedFor() {
    for (String[] line :
        List.of(
            new String[] {"-o", "json", "dead-letters", "skip", "17"},
            new String[] {"dead-letters", "skip", "17", "--output=json"},
            new String[] {"dead-letters", "nosuch", "-o", "JSON"},
            new String[] {"nosuch", "-ojson"})) {
      err.reset();
      assertThat(run(line)).isEqualTo(2);
      JsonNode problem = JsonMapper.shared().readTree(err.toString(StandardCharsets.UTF_8));
      assertThat(problem.path("exit_code").asInt()).isEqualTo(2);
      assertThat(problem.path("detail").asString()).contains("--help");
    }
  }

  @Test
  void helpSaysHowTimesAndDurationsAreWritten() {
    assertThat(run("events", "list", "--help")).isZero();
    assertThat(run("replay", "--help")).isZero();
    assertThat(run("secret", "rotate", "--help")).isZero();
    assertThat(run("tail", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--from=TIME", "(midnight UTC)", "--overlap=DURATION", "--for=DURATION", "7d");
  }

  @Test
  void anAddressNeedsAKey() {
    assertThat(run(Map.of("ENTREPOT_URL", "https://hub.example.com"), "user", "list")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ENTREPOT_API_KEY");
  }

  @Test
  void aSupplierNeedsAVendor() {
    assertThat(run("apikey", "add", "feed", "--role", "supplier")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--vendor CODE");
  }

  @Test
  void versionAndCompletionNeedNoServer() {
    assertThat(run("version", "-o", "json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"java\"");
    assertThat(run("completion")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("_complete_entrepot");
  }

  private static Stream<CommandSpec> all(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(c -> !c.name().equals("help") && !c.usageMessage().hidden())
            .flatMap(CliTest::all));
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return cli(environment).run(arguments);
  }

  private Cli cli(Map<String, String> environment) {
    Map<String, String> withData = new java.util.HashMap<>(environment);
    withData.put("ENTREPOT_DATA", data.toString());
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            100,
            false,
            false);
    return new Cli(new Session(new GlobalOptions(withData), terminal, none), List.of(), _ -> {});
  }
}
