package dev.entrepot.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every setting of the program, each described once: validation, `--help`, `serve --settings` and
/// docs/settings.md derive from it.
// Types are records of immutable values; the check believes only annotated ones.
@SuppressWarnings("ImmutableEnumChecker")
public enum Setting {
  HOST(
      "host",
      new SettingType.Host(),
      "127.0.0.1",
      "The address to listen on. Listen to other machines only behind a proxy that speaks HTTPS.",
      Sight.SHOWN),
  PORT(
      "port",
      new SettingType.Whole(0, 65_535, ""),
      "8080",
      "The port to listen on; 0 takes a free one.",
      Sight.SHOWN),
  PUBLIC_URL(
      "public-url",
      new SettingType.Address(List.of("http", "https"), "https://hub.example.com"),
      null,
      "The address people use, in links and mails. Absent: as listened on.",
      Sight.SHOWN),
  TRUSTED_PROXIES(
      "trusted-proxies",
      new SettingType.Text("10.0.0.0/8, 192.0.2.7"),
      null,
      "Proxies whose X-Forwarded-For counts, with commas between.",
      Sight.SHOWN),
  DATABASE_URL(
      "database-url",
      new SettingType.Address(
          List.of("postgres", "postgresql", "jdbc"), "postgres://user:password@host:5432/entrepot"),
      null,
      "A PostgreSQL 15 or later of your own. Absent: an embedded one in the data folder.",
      Sight.SECRET),
  DATABASE_POOL(
      "database-pool",
      new SettingType.Whole(2, 40, "connections"),
      "10",
      "At most this many connections to the database.",
      Sight.SHOWN),
  SECRET_KEY(
      "secret-key",
      new SettingType.Key(),
      null,
      "The key that seals secrets in the database, the same on all nodes that share one. Absent: one"
          + " that is made in the data folder.",
      Sight.SECRET),
  SECRET_KEY_FILE(
      "secret-key-file",
      new SettingType.File(),
      null,
      "A file that holds that key, instead of secret-key.",
      Sight.SHOWN),
  CURRENCY(
      "currency",
      new SettingType.IsoCurrency(),
      "USD",
      "The catalogue's currency; prices in others are converted by the rate table.",
      Sight.SHOWN),
  WATCHED_FOLDER(
      "watched-folder",
      new SettingType.Folder(),
      null,
      "A folder with a sub-folder per vendor code; files put there are uploaded. Absent: none.",
      Sight.SHOWN),
  SMTP_HOST(
      "smtp-host",
      new SettingType.Text("smtp.example.com"),
      null,
      "The mail server. Absent: mail is kept and shown in the console instead of sent.",
      Sight.SHOWN),
  SMTP_PORT(
      "smtp-port",
      new SettingType.Whole(1, 65_535, ""),
      "587",
      "The mail server's port.",
      Sight.SHOWN),
  SMTP_SECURITY(
      "smtp-security",
      new SettingType.Choice(dev.entrepot.onboarding.notices.MailSettings.Security.class),
      "starttls",
      "How the connection to the mail server is protected.",
      Sight.SHOWN),
  SMTP_USER(
      "smtp-user",
      new SettingType.Text("entrepot@example.com"),
      null,
      "Whom to sign in to the mail server as. Absent: no sign-in.",
      Sight.SHOWN),
  SMTP_PASSWORD(
      "smtp-password", new SettingType.Text(""), null, "The password of smtp-user.", Sight.SECRET),
  SMTP_FROM(
      "smtp-from",
      new SettingType.Text("Entrepot <entrepot@example.com>"),
      "Entrepot <entrepot@localhost>",
      "The sender of mails.",
      Sight.SHOWN),
  WEBHOOK_REACH(
      "webhook-reach",
      new SettingType.Choice(dev.entrepot.kit.outbound.WebhookReach.class),
      "public",
      "Which addresses webhooks may be posted to.",
      Sight.SHOWN),
  INBOX_RETENTION(
      "inbox-retention",
      new SettingType.Span(java.time.Duration.ofMinutes(1)),
      "30d",
      "How long events, and the memory of repeats, are kept at least.",
      Sight.SHOWN),
  INBOX_SLICE(
      "inbox-slice",
      new SettingType.Span(java.time.Duration.ofSeconds(10)),
      "1d",
      "How long one part of the log is written to; parts are dropped whole. The same on all nodes.",
      Sight.SHOWN),
  RUN_RETENTION(
      "run-retention",
      new SettingType.Span(java.time.Duration.ofHours(1)),
      "90d",
      "How long what a run did with each record is kept; its books, result and rejected records"
          + " stay. What was said with other systems is kept for 30 days at most.",
      Sight.SHOWN),
  NODE_WORK(
      "node-work",
      new SettingType.Choice(dev.entrepot.inbox.NodeWork.class),
      "all",
      "What this node does: everything, or receive events alone and leave the rest to other"
          + " nodes of the same database.",
      Sight.SHOWN),
  OTLP_ENDPOINT(
      "otlp-endpoint",
      new SettingType.Address(List.of("http", "https"), "http://collector.example.com:4318"),
      null,
      "An OpenTelemetry collector that traces of runs are sent to, by OTLP over HTTP. Absent: none.",
      Sight.SHOWN),
  LOG_FORMAT(
      "log-format",
      new SettingType.Choice(dev.entrepot.app.logging.LogFormat.class),
      "text",
      "Log lines for people, or one JSON object each.",
      Sight.SHOWN),
  LOG_LEVEL(
      "log-level",
      new SettingType.Choice(org.slf4j.event.Level.class),
      "info",
      "The least important messages to log.",
      Sight.SHOWN);

  /// Whether a value may be shown.
  enum Sight {
    SHOWN,
    SECRET
  }

  private static final String PREFIX = "ENTREPOT_";

  private final String spelling;
  private final SettingType type;
  private final @Nullable String standard;
  private final String description;
  private final Sight sight;

  Setting(
      String spelling,
      SettingType type,
      @Nullable String standard,
      String description,
      Sight sight) {
    this.spelling = spelling;
    this.type = type;
    this.standard = standard;
    this.description = description;
    this.sight = sight;
  }

  /// Its name as a flag (with `--`) and in the file, for example `smtp-host`.
  public String spelling() {
    return spelling;
  }

  /// Its name in the environment, for example `ENTREPOT_SMTP_HOST`.
  public String variable() {
    return PREFIX + spelling.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  public SettingType type() {
    return type;
  }

  /// The value when nothing is set; null: absent.
  public @Nullable String standard() {
    return standard;
  }

  public String description() {
    return description;
  }

  public boolean secret() {
    return sight == Sight.SECRET;
  }

  static Optional<Setting> ofSpelling(String spelling) {
    for (Setting setting : values()) {
      if (setting.spelling.equals(spelling)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
