package dev.entrepot.app;

import dev.entrepot.app.demo.DemoCommand;
import dev.entrepot.app.doctor.DoctorCommand;
import dev.entrepot.app.logging.LogFormat;
import dev.entrepot.app.logging.Logging;
import dev.entrepot.app.serve.InProcessServer;
import dev.entrepot.app.serve.ServeCommand;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.Cli;
import dev.entrepot.cli.session.GlobalOptions;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.Terminal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/// Where the program begins: wires the command line and runs it.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(System::getProperty), System.getenv(), arguments));
  }

  /// Runs one command line.
  ///
  /// @return the number the process should end with
  static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
    Clock clock = Clock.systemUTC();
    SettingsReader settings = new SettingsReader(environment);
    Session session =
        new Session(new GlobalOptions(environment), terminal, new InProcessServer(settings, clock));
    List<Cli.Extra> commands =
        List.of(
            new Cli.Extra("serve", new ServeCommand(session, settings, clock).spec()),
            new Cli.Extra("demo", new DemoCommand(session, settings, clock)),
            new Cli.Extra("doctor", new DoctorCommand(session, settings, clock)));
    return new Cli(session, commands, Main::logQuietly).run(arguments);
  }

  /// Commands say themselves what matters; `serve` sets its own log up.
  private static void logQuietly(GlobalOptions options) {
    Logging.start(LogFormat.TEXT, options.verbose() ? Level.INFO : Level.WARN);
  }
}
