package dev.entrepot.cli;

import dev.entrepot.cli.accounts.ApiKeyCommand;
import dev.entrepot.cli.accounts.UserCommand;
import dev.entrepot.cli.books.AuditCommand;
import dev.entrepot.cli.books.TraceCommand;
import dev.entrepot.cli.catalogue.CategoryCommand;
import dev.entrepot.cli.catalogue.ExportCommand;
import dev.entrepot.cli.catalogue.RateCommand;
import dev.entrepot.cli.flows.ApplyCommand;
import dev.entrepot.cli.flows.ClientCommand;
import dev.entrepot.cli.flows.ImportCommand;
import dev.entrepot.cli.flows.MappingCommand;
import dev.entrepot.cli.flows.PlanCommand;
import dev.entrepot.cli.flows.RunCommand;
import dev.entrepot.cli.flows.ValidateCommand;
import dev.entrepot.cli.flows.WorkspaceCommand;
import dev.entrepot.cli.inbox.ConnectionCommand;
import dev.entrepot.cli.inbox.DeadLettersCommand;
import dev.entrepot.cli.inbox.DeliveriesCommand;
import dev.entrepot.cli.inbox.DestinationCommand;
import dev.entrepot.cli.inbox.EventsCommand;
import dev.entrepot.cli.inbox.ReplayCommand;
import dev.entrepot.cli.inbox.SecretCommand;
import dev.entrepot.cli.inbox.TailCommand;
import dev.entrepot.cli.session.GlobalOptions;
import dev.entrepot.cli.session.Moment;
import dev.entrepot.cli.session.Numbers;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Span;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.uploads.RefusedCommand;
import dev.entrepot.cli.uploads.UploadCommand;
import dev.entrepot.cli.uploads.UploadsCommand;
import dev.entrepot.cli.vendors.VendorCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The command line as a whole: understands arguments, runs the command they name, says how it
/// ended. One instance runs one command line.
public final class Cli {

  /// A command that somebody else brings, for example `serve`.
  ///
  /// @param command an object or [CommandSpec] that picocli understands
  public record Extra(String name, Object command) {}

  private final Session session;
  private final CommandLine commandLine;

  /// @param first commands listed before all others
  /// @param prepare what to do once the global options are known, before the command runs
  public Cli(Session session, List<Extra> first, Consumer<GlobalOptions> prepare) {
    this.session = session;
    this.commandLine = new CommandLine(new RootCommand());
    // Before any command is added: they inherit the options.
    commandLine.addMixin("global", session.options());
    first.forEach(extra -> commandLine.addSubcommand(extra.name(), extra.command()));
    commandLine
        .addSubcommand(new UploadCommand(session))
        .addSubcommand(new UploadsCommand(session))
        .addSubcommand(new RefusedCommand(session))
        .addSubcommand(new VendorCommand(session))
        .addSubcommand(new CategoryCommand(session))
        .addSubcommand(new RateCommand(session))
        .addSubcommand(new ExportCommand(session))
        .addSubcommand(new UserCommand(session))
        .addSubcommand(new ApiKeyCommand(session))
        .addSubcommand(new ConnectionCommand(session))
        .addSubcommand(new SecretCommand(session))
        .addSubcommand(new DestinationCommand(session))
        .addSubcommand(new DeliveriesCommand(session))
        .addSubcommand(new EventsCommand(session))
        .addSubcommand(new TailCommand(session))
        .addSubcommand(new DeadLettersCommand(session))
        .addSubcommand(new ReplayCommand(session))
        .addSubcommand(ClientCommand.of(session))
        .addSubcommand(new MappingCommand(session))
        .addSubcommand(new RunCommand(session))
        .addSubcommand(new ImportCommand(session))
        .addSubcommand(new ValidateCommand(session))
        .addSubcommand(new PlanCommand(session))
        .addSubcommand(new ApplyCommand(session))
        .addSubcommand(new WorkspaceCommand(session))
        .addSubcommand(new AuditCommand(session))
        .addSubcommand(new TraceCommand(session))
        .addSubcommand(new VersionCommand(session))
        .addSubcommand(new CompletionCommand(session))
        .addSubcommand(new HelpCommand());
    formerName("apikey", "add", "create");
    formerName("secret", "remove", "drop");
    configure(new Failures(session), prepare);
  }

  /// Keeps the name that a command had before; neither help nor completion tells of it.
  private void formerName(String parent, String name, String former) {
    CommandLine commands = within(commandLine, parent);
    CommandSpec again =
        CommandSpec.forAnnotatedObject(within(commands, name).getCommandSpec().userObject());
    again.name(former).usageMessage().hidden(true);
    commands.addSubcommand(former, again);
  }

  private static CommandLine within(CommandLine parent, String name) {
    return Objects.requireNonNull(parent.getSubcommands().get(name), name);
  }

  private void configure(Failures failures, Consumer<GlobalOptions> prepare) {
    commandLine
        .registerConverter(Instant.class, new Moment())
        .registerConverter(Duration.class, new Span())
        .registerConverter(Long.class, new Numbers.Whole())
        .registerConverter(Long.TYPE, new Numbers.Whole())
        .registerConverter(Integer.class, new Numbers.Small())
        .registerConverter(Integer.TYPE, new Numbers.Small())
        .registerConverter(UUID.class, new Numbers.Id())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedSubcommandsAllowed(false)
        .setUsageHelpWidth(Math.clamp(session.terminal().columns(), 60, 110))
        .setUsageHelpLongOptionsMaxWidth(32)
        .setOut(writer(session.terminal().out()))
        .setErr(writer(session.terminal().err()))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(parsed -> {
          requireKnown(parsed);
          prepare.accept(session.options());
          return new CommandLine.RunLast().execute(parsed);
        });
    String codes =
        Arrays.stream(ExitCode.values())
            .map(c -> "  " + c.code() + "  " + c.meaning())
            .collect(Collectors.joining("%n"));
    commandLine.getCommandSpec().usageMessage().footer("Exit codes:%n" + codes);
  }

  /// Help is given for what there is: with `--help`, picocli overlooks a command that there is not.
  private static void requireKnown(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!last.unmatched().isEmpty()) {
      throw new CommandLine.UnmatchedArgumentException(
          last.commandSpec().commandLine(), last.unmatched());
    }
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    Charset charset = stream.charset();
    return new PrintWriter(stream, true, charset);
  }

  /// Runs a command line.
  ///
  /// @return the number the process should end with, see [ExitCode]
  public int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  /// Every command with its options, for documentation.
  CommandSpec spec() {
    return commandLine.getCommandSpec();
  }
}
