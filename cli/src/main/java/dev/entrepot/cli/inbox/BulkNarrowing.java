package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Which open dead letters something is done to, and whether it is.
final class BulkNarrowing {
  @Mixin private final Narrowing narrowing = new Narrowing();

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      description = "That failed like this, as the causes are listed.")
  private @Nullable String cause;

  @Option(names = "--all", description = "All open ones.")
  private boolean all;

  @Option(
      names = {"-y", "--yes"},
      description = "Carries the plan out at once.")
  private boolean yes;

  boolean yes() {
    return yes;
  }

  void into(ObjectNode wish) {
    narrowing.into(wish);
    if (cause != null) {
      wish.put("cause", cause);
    }
  }

  void require(Api api) {
    narrowing.require(api);
  }

  /// @return those with the numbers; none when many are meant
  /// @throws CommandException when both or none are named
  List<Long> either(@Nullable List<String> numbers) {
    boolean many = all || cause != null || !narrowing.isEmpty();
    List<Long> some =
        numbers == null ? List.of() : numbers.stream().map(BulkNarrowing::number).toList();
    if (many != some.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          many
              ? "give numbers, or say which by --cause, --tenant, --connection, --topic, --key or --all;"
                  + " not both"
              : "nothing is named; give numbers (entrepot dead-letters list), or --cause,"
                  + " --tenant, --connection, --topic, --key or --all");
    }
    return some;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "\"" + text + "\" is no number of a dead letter; see: entrepot dead-letters list",
          e);
    }
  }
}
