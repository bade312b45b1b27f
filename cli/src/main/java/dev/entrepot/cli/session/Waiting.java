package dev.entrepot.cli.session;

import picocli.CommandLine.Option;

/// Whether a command waits for the end of what it begins; a mixin of those that do.
public final class Waiting {
  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Waits for the end (default); --no-wait returns once it has begun.")
  private boolean wait = true;

  /// True unless told otherwise.
  public boolean asked() {
    return wait;
  }
}
