package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// By what dead letters are narrowed for looking at them.
final class LetterNarrowing {
  @Mixin private final Narrowing narrowing = new Narrowing();

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      description = "That failed like this, as the causes are listed.")
  private @Nullable String cause;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "open (default), retrying, resolved, skipped or any.")
  private @Nullable String state;

  Query withState(Query query) {
    return narrowing.into(query).with("cause", cause).with("state", state);
  }

  void require(Api api) {
    narrowing.require(api);
  }
}
