package dev.entrepot.cli;

import dev.entrepot.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `entrepot completion`.
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in bash and zsh.",
    footer = {"Examples:", "  source <(./entrepot completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Session session;
  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.terminal().out().print(AutoComplete.bash("entrepot", spec.root().commandLine()));
    return 0;
  }
}
