package dev.entrepot.app.serve;

import dev.entrepot.app.logging.Logging;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.Settings;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// `entrepot serve`. Its options are the settings, made from their descriptions.
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Session session;
  private final SettingsReader reader;
  private final Clock clock;
  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
  private boolean onlySettings;

  public ServeCommand(Session session, SettingsReader reader, Clock clock) {
    this.session = session;
    this.reader = reader;
    this.clock = clock;
  }

  /// The command as picocli wants it.
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("serve");
    spec.usageMessage()
        .description(
            "Runs the server until it is told to stop (Ctrl-C or SIGTERM).",
            "Every option can also be set in the environment (--smtp-host as ENTREPOT_SMTP_HOST) or in"
                + " entrepot.properties in the data folder (smtp-host = …); options win.")
        .footer(
            "Examples:",
            "  entrepot serve",
            "  entrepot serve --port 9000 --data /srv/entrepot",
            "  ENTREPOT_DATABASE_URL=postgres://… entrepot serve --log-format json");
    for (Setting setting : Setting.values()) {
      spec.addOption(option(setting));
    }
    ISetter setOnlySettings =
        new ISetter() {
          @Override
          @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's own signature
          public <T> T set(T value) {
            onlySettings = Boolean.TRUE.equals(value);
            return value;
          }
        };
    spec.addOption(
        OptionSpec.builder("--settings")
            .type(boolean.class)
            .setter(setOnlySettings)
            .description("Prints every setting, its value and where that is from, and ends.")
            .build());
    return spec;
  }

  private OptionSpec option(Setting setting) {
    String standard = setting.standard();
    ISetter setter =
        new ISetter() {
          @Override
          @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's own signature
          public <T> T set(T value) {
            if (value instanceof String text) {
              flags.put(setting, text);
            }
            return value;
          }
        };
    return OptionSpec.builder("--" + setting.spelling())
        .type(String.class)
        .paramLabel("VALUE")
        .setter(setter)
        .description(
            (setting.description()
                    + " ("
                    + setting.type().range()
                    + ")"
                    + (standard == null ? "" : " Default: " + standard))
                .replace("%", "%%"))
        .build();
  }

  @Override
  public Integer call() {
    long began = System.nanoTime();
    Settings settings = settings();
    if (onlySettings) {
      print(settings);
      return ExitCode.OK.code();
    }
    Logging.start(settings.logFormat(), settings.logLevel());
    LOG.info("settings in force:\n{}", settings);
    try (Program program = Program.start(settings, clock)) {
      program.announce();
      ready(program, Duration.ofNanos(System.nanoTime() - began));
      Stop.whenTold(program).await();
      return ExitCode.OK.code();
    } catch (StartException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, settings.dataFolder() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private Settings settings() {
    try {
      return reader.read(session.options().data(), flags);
    } catch (SettingsException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void ready(Program program, Duration took) {
    if (session.options().json()) {
      session.printJson(
          dev.entrepot.cli.api.Api.object()
              .put("url", program.address().toString())
              .put("start_ms", took.toMillis()));
      return;
    }
    session
        .terminal()
        .print(
            String.format(
                Locale.ROOT,
                "Entrepot is ready at %s (%.1f s, PostgreSQL %s)",
                program.address(),
                took.toMillis() / 1000.0,
                program.database().serverVersion()));
    if (!program.hasAccounts()) {
      session
          .terminal()
          .print("Nobody can sign in yet: entrepot user add YOU@EXAMPLE.COM --role admin");
    }
  }

  private void print(Settings settings) {
    Table table =
        new Table(
            Column.text("SETTING"), Column.text("VALUE"), Column.text("FROM"), Column.text("WHAT"));
    for (Setting setting : Setting.values()) {
      String value =
          settings.value(setting).map(v -> setting.secret() ? "******" : v.text()).orElse("");
      table.row(
          setting.spelling(),
          value,
          settings.value(setting).map(Settings.Value::origin).orElse(""),
          setting.description());
    }
    table.print(session.terminal());
  }
}
