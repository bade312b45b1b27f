package dev.entrepot.app.settings;

import dev.entrepot.app.logging.LogFormat;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.notices.MailSettings;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.SecretSeal;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// The settings in force, each with where it came from.
public final class Settings {

  /// A value in force.
  ///
  /// @param text as the setting's type keeps it
  /// @param origin where it was set, for example `ENTREPOT_PORT` or `default`
  public record Value(String text, String origin) {}

  private final Path dataFolder;
  private final Map<Setting, Value> values;
  private final @Nullable MailSettings mail;

  /// @throws SettingsException when values do not fit together
  Settings(Path dataFolder, Map<Setting, Value> values) {
    this.dataFolder = dataFolder;
    this.values = Map.copyOf(values);
    this.mail = mailSettings();
  }

  /// Where everything is kept; absolute.
  public Path dataFolder() {
    return dataFolder;
  }

  /// The value of a setting; empty when it is absent.
  public Optional<Value> value(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  public String host() {
    return text(Setting.HOST);
  }

  public int port() {
    return number(Setting.PORT);
  }

  public Optional<URI> publicUrl() {
    return value(Setting.PUBLIC_URL).map(v -> URI.create(v.text()));
  }

  /// The collector that traces are sent to.
  public Optional<URI> otlpEndpoint() {
    return value(Setting.OTLP_ENDPOINT).map(v -> URI.create(v.text()));
  }

  /// Addresses and networks of proxies.
  public List<String> trustedProxies() {
    return value(Setting.TRUSTED_PROXIES).stream()
        .flatMap(v -> Arrays.stream(v.text().split(",")))
        .map(String::strip)
        .filter(proxy -> !proxy.isEmpty())
        .toList();
  }

  /// @throws SettingsException when the address cannot be used
  public DatabaseConfig database() {
    try {
      return DatabaseConfig.parse(
              value(Setting.DATABASE_URL).map(Value::text).orElse(null), dataFolder)
          .withPoolSize(number(Setting.DATABASE_POOL));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "database-url: "
              + e.getMessage()
              + "; set it like "
              + Setting.DATABASE_URL.type().range(),
          e);
    }
  }

  /// What seals secrets in the database. Where no key is given it is the data folder's own, which
  /// is made when it is absent.
  ///
  /// @throws SettingsException when two are given, or the one given cannot be used
  public SecretSeal secretSeal() {
    Value key = values.get(Setting.SECRET_KEY);
    Value file = values.get(Setting.SECRET_KEY_FILE);
    if (key != null && file != null) {
      throw new SettingsException(
          "both %s and %s are given; leave one out".formatted(key.origin(), file.origin()));
    }
    try {
      return key != null
          ? SecretSeal.ofKey(key.text(), key.origin())
          : file != null
              ? SecretSeal.ofGivenKeyFile(Path.of(file.text()))
              : SecretSeal.ofKeyFile(ownKeyFile());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new SettingsException(
          file == null ? String.valueOf(e.getMessage()) : file.origin() + ": " + e.getMessage(), e);
    }
  }

  /// Whether no key is given, and the data folder has none yet.
  public boolean lacksSecretKey() {
    return !values.containsKey(Setting.SECRET_KEY)
        && !values.containsKey(Setting.SECRET_KEY_FILE)
        && !Files.exists(ownKeyFile());
  }

  private Path ownKeyFile() {
    return dataFolder.resolve("secrets.key");
  }

  public Currency currency() {
    return Currency.getInstance(text(Setting.CURRENCY));
  }

  public Optional<Path> watchedFolder() {
    return value(Setting.WATCHED_FOLDER).map(v -> Path.of(v.text()));
  }

  /// The mail server, if one is set.
  public Optional<MailSettings> mail() {
    return Optional.ofNullable(mail);
  }

  public WebhookReach webhookReach() {
    return choice(Setting.WEBHOOK_REACH, WebhookReach.class);
  }

  /// What this node does of the inbox's work.
  public NodeWork nodeWork() {
    return choice(Setting.NODE_WORK, NodeWork.class);
  }

  /// How long events are kept at least.
  public Duration inboxRetention() {
    return SettingType.Span.length(text(Setting.INBOX_RETENTION));
  }

  /// How long what a run did with each record is kept.
  public Duration runRetention() {
    return SettingType.Span.length(text(Setting.RUN_RETENTION));
  }

  /// How long a part of the log is written to.
  public Duration inboxSlice() {
    return SettingType.Span.length(text(Setting.INBOX_SLICE));
  }

  public LogFormat logFormat() {
    return choice(Setting.LOG_FORMAT, LogFormat.class);
  }

  public Level logLevel() {
    return choice(Setting.LOG_LEVEL, Level.class);
  }

  private @Nullable MailSettings mailSettings() {
    Value host = values.get(Setting.SMTP_HOST);
    if (host == null) {
      return null;
    }
    try {
      return new MailSettings(
          host.text(),
          number(Setting.SMTP_PORT),
          value(Setting.SMTP_USER).map(Value::text).orElse(null),
          value(Setting.SMTP_PASSWORD).map(Value::text).orElse(null),
          choice(Setting.SMTP_SECURITY, MailSettings.Security.class),
          text(Setting.SMTP_FROM));
    } catch (IllegalArgumentException e) {
      throw new SettingsException("smtp-host " + host.text() + ": " + e.getMessage(), e);
    }
  }

  private String text(Setting setting) {
    Value value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting.spelling() + " has no default");
    }
    return value.text();
  }

  private int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  private <E extends Enum<E>> E choice(Setting setting, Class<E> constants) {
    String wanted = text(setting);
    return Arrays.stream(constants.getEnumConstants())
        .filter(c -> SettingType.Choice.spelling(c).equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  /// What is in force, one setting a line, secrets masked.
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder("data-folder = " + dataFolder);
    for (Setting setting : Setting.values()) {
      Value value = values.get(setting);
      String shown = value == null ? "(absent)" : setting.secret() ? "******" : value.text();
      lines.append("\n").append(setting.spelling()).append(" = ").append(shown);
      if (value != null && !value.origin().equals(SettingsReader.DEFAULT)) {
        lines.append("  (").append(value.origin()).append(')');
      }
    }
    return lines.toString();
  }
}
