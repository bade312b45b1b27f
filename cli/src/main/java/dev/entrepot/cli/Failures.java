package dev.entrepot.cli;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Terminal;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person or a script hears when a command fails: one message on standard error (with
/// `--output json`, a problem document), no stack trace unless `--verbose`, and an exit code.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Session session;

  Failures(Session session) {
    this.session = session;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    ExitCode code =
        switch (e) {
          case CommandException failure -> failure.exitCode();
          case ApiException refusal ->
              switch (refusal.kind()) {
                case UNREACHABLE, UNAUTHORISED -> ExitCode.NO_ACCESS;
                case NOT_FOUND, CONFLICT, REFUSED, SERVER_FAILED -> ExitCode.FAILED;
              };
          default -> ExitCode.FAILED;
        };
    String message =
        switch (e) {
          case CommandException failure -> String.valueOf(failure.getMessage());
          case ApiException refusal -> String.valueOf(refusal.getMessage());
          default -> "unexpected: " + e + ". Run it again with --verbose to see where";
        };
    JsonNode problem = e instanceof ApiException refusal ? refusal.problem() : null;
    tell(code, message, problem);
    if (session.options().verbose()) {
      e.printStackTrace(session.terminal().err());
    }
    return code.code();
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      message = unmatched(command, unmatched);
      String guesses =
          unmatched.getSuggestions().stream().limit(3).collect(Collectors.joining(", "));
      if (!guesses.isEmpty()) {
        message += ". Did you mean: " + guesses + "?";
      }
    }
    String name = command.getCommandSpec().qualifiedName();
    String whole = message + "\nSee: " + name + " --help";
    tell(ExitCode.USAGE, whole, null, session.options().json() || asksForJson(arguments));
    return ExitCode.USAGE.code();
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
    String name = command.getCommandSpec().qualifiedName();
    if (first.startsWith("-")) {
      return name + " has no option \"" + first + "\"";
    }
    return command.getSubcommands().isEmpty()
        ? "\"" + first + "\" is one argument too many for " + name
        : name + " has no command \"" + first + "\"";
  }

  /// The command line could not be understood, so that it is looked at as it is.
  private static boolean asksForJson(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i].toLowerCase(Locale.ROOT);
      boolean named = argument.equals("-o") || argument.equals("--output");
      if (argument.matches("(--output=|-o=?)json")
          || (named && i + 1 < arguments.length && arguments[i + 1].equalsIgnoreCase("json"))) {
        return true;
      }
    }
    return false;
  }

  private void tell(ExitCode code, String message, @Nullable JsonNode problem) {
    tell(code, message, problem, session.options().json());
  }

  private void tell(ExitCode code, String message, @Nullable JsonNode problem, boolean asJson) {
    Terminal terminal = session.terminal();
    if (!asJson) {
      terminal.note("entrepot: " + message);
      return;
    }
    ObjectNode document = problem instanceof ObjectNode known ? known : Api.object();
    if (!document.has("detail")) {
      document.put("detail", message);
    }
    document.put("exit_code", code.code());
    terminal.note(document.toString());
  }
}
