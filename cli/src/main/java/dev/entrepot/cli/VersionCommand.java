package dev.entrepot.cli;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `entrepot version`.
@Command(name = "version", description = "Prints the version of this program.")
final class VersionCommand implements Callable<Integer> {

  /// The version of the program and of the Java it runs on.
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Entrepot " + program(), "Java " + Runtime.version()};
    }
  }

  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  /// As in the jar's manifest; a program run from loose classes has none.
  private static String program() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public Integer call() {
    if (session.options().json()) {
      session.printJson(
          Api.object().put("version", program()).put("java", Runtime.version().toString()));
    } else {
      for (String line : new Provider().getVersion()) {
        session.terminal().print(line);
      }
    }
    return 0;
  }
}
