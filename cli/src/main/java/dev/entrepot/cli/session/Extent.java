package dev.entrepot.cli.session;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// How much of a list is asked for; a mixin of the commands that print one.
public final class Extent {
  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "COUNT",
      description = "At most so many. Default: ${DEFAULT-VALUE}")
  private int limit = 50;

  @Option(names = "--all", description = "All of them, however many there are.")
  private boolean all;

  /// Collects a list that the server hands out in pages.
  ///
  /// @return `{"items": […], "next": cursor or null}`
  public ObjectNode of(Api api, Query query) {
    return Pages.collect(api, query, all ? Integer.MAX_VALUE : limit);
  }
}
