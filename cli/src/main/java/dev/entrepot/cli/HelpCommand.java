package dev.entrepot.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `entrepot help vendor add`: what `entrepot vendor add --help` says.
@Command(
    name = "help",
    helpCommand = true,
    description = "Shows the help of entrepot, or of a command.",
    footer = {"Examples:", "  entrepot help vendor", "  entrepot help vendor add"})
final class HelpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, with the one below it, if any.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("help was called by nobody");
    }
    CommandLine command = spec.commandLine().getParent();
    for (String name : names) {
      CommandLine below = command.getSubcommands().get(name);
      if (below == null) {
        throw new CommandLine.UnmatchedArgumentException(command, List.of(name));
      }
      command = below;
    }
    command.usage(command.getOut());
    return 0;
  }
}
