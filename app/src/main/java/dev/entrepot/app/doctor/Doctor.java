package dev.entrepot.app.doctor;

import dev.entrepot.app.serve.SealedSecrets;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.Settings;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.cli.api.ServerFile;
import dev.entrepot.onboarding.notices.MailSettings;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.DatabaseStatus;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at everything a server needs before it is started, changing nothing but an empty data
/// folder.
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Settings settings;
  private final Optional<ServerFile> running;
  private final Clock clock;

  /// @param running the server that runs on the data folder already: then its port and database are
  ///   in use for good reason
  public Doctor(Settings settings, Optional<ServerFile> running, Clock clock) {
    this.settings = settings;
    this.running = running;
    this.clock = clock;
  }

  /// Everything found, in the order it was looked at.
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineChecks.java());
    findings.add(MachineChecks.memory());
    findings.add(MachineChecks.encoding());
    findings.add(MachineChecks.clock(clock));
    Finding folder = MachineChecks.dataFolder(settings.dataFolder());
    findings.add(folder);
    findings.add(MachineChecks.disk(settings.dataFolder()));
    Optional<SecretSeal> seal = seal(folder, findings);
    findings.add(port());
    if (running.isPresent()) {
      findings.add(
          Finding.ok("database", "in use by the running server, see " + running.get().address()));
    } else if (folder.verdict() != Finding.Verdict.FAIL) {
      findings.addAll(database(seal));
    }
    findings.add(mail());
    return findings;
  }

  private Finding port() {
    if (running.isPresent()) {
      return Finding.ok("server", "runs at " + running.get().address());
    }
    if (settings.port() == 0) {
      return Finding.ok("port", "a free one will be taken");
    }
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return Finding.ok("port", settings.host() + ":" + settings.port() + " is free");
    } catch (IOException e) {
      return Finding.fail(
          "port",
          settings.host()
              + ":"
              + settings.port()
              + " cannot be listened on ("
              + e.getMessage()
              + "); stop what uses it, or choose another with --port (0 takes a free one)");
    }
  }

  /// The key that seals secrets, unless there is none yet or it cannot be used.
  private Optional<SecretSeal> seal(Finding folder, List<Finding> findings) {
    if (settings.lacksSecretKey()) {
      findings.add(
          Finding.ok(
              "secret key",
              "will be made in the data folder; nodes that share a database need the same one ("
                  + Setting.SECRET_KEY.spelling()
                  + ")"));
      return Optional.empty();
    }
    if (folder.verdict() == Finding.Verdict.FAIL) {
      return Optional.empty();
    }
    try {
      SecretSeal seal = settings.secretSeal();
      findings.add(Finding.ok("secret key", seal.origin() + " seals secrets"));
      return Optional.of(seal);
    } catch (SettingsException e) {
      findings.add(Finding.fail("secret key", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private List<Finding> database(Optional<SecretSeal> seal) {
    DatabaseConfig config = settings.database().withPoolSize(2);
    List<Finding> findings = new ArrayList<>();
    try (Database database = Database.open(config)) {
      DatabaseStatus status = database.status();
      findings.add(
          Finding.ok(
              "database",
              switch (config) {
                case DatabaseConfig.Embedded own ->
                    "the embedded PostgreSQL "
                        + status.serverVersion()
                        + " starts in "
                        + own.folder();
                case DatabaseConfig.Given _ ->
                    "PostgreSQL " + status.serverVersion() + " answers at " + status.address();
              }));
      Instant theirs =
          database.read(connection ->
              Sql.of("select clock_timestamp() now").one(connection, row -> row.instant("now")));
      findings.add(MachineChecks.clocks(Duration.between(clock.instant(), theirs)));
      seal.ifPresent(key ->
          SealedSecrets.unopened(database, key)
              .forEach(problem -> findings.add(Finding.fail("secret key", problem))));
    } catch (StorageException e) {
      findings.add(Finding.fail("database", String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private Finding mail() {
    Optional<MailSettings> mail = settings.mail();
    if (mail.isEmpty()) {
      return Finding.ok(
          "mail",
          "no mail server is set: mail is shown in the console, not sent ("
              + Setting.SMTP_HOST.spelling()
              + ")");
    }
    return greeting(mail.get());
  }

  /// Connects and, where the connection begins in the clear, waits for the greeting.
  private static Finding greeting(MailSettings mail) {
    String server = mail.host() + ":" + mail.port();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(mail.host()), mail.port()),
          (int) PATIENCE.toMillis());
      if (mail.security() == MailSettings.Security.TLS) {
        return Finding.ok("mail", server + " can be connected to");
      }
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String greeting =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return greeting != null && greeting.startsWith("220")
          ? Finding.ok("mail", server + " answers as a mail server")
          : Finding.fail(
              "mail",
              server + " does not greet as a mail server does; check smtp-host and smtp-port");
    } catch (IOException e) {
      return Finding.fail(
          "mail",
          server + " does not answer (" + e + "); check smtp-host, smtp-port and the firewall");
    }
  }
}
