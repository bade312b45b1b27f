package dev.entrepot.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.app.logging.LogFormat;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.notices.MailSettings;
import dev.entrepot.storage.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=";

  /// A value other than the default for every setting: one without an entry fails the test below.
  private static final Map<Setting, String> OTHERS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Setting.HOST, "127.0.0.2"),
              Map.entry(Setting.PORT, "9090"),
              Map.entry(Setting.PUBLIC_URL, "https://hub.example.com"),
              Map.entry(Setting.TRUSTED_PROXIES, "10.0.0.0/8, 192.0.2.7"),
              Map.entry(Setting.DATABASE_URL, "postgres://u:p@db:5432/entrepot"),
              Map.entry(Setting.DATABASE_POOL, "20"),
              Map.entry(Setting.SECRET_KEY, KEY),
              Map.entry(Setting.SECRET_KEY_FILE, "/run/secrets/entrepot"),
              Map.entry(Setting.CURRENCY, "EUR"),
              Map.entry(Setting.WATCHED_FOLDER, "/srv/in"),
              Map.entry(Setting.SMTP_HOST, "smtp.example.com"),
              Map.entry(Setting.SMTP_PORT, "465"),
              Map.entry(Setting.SMTP_SECURITY, "tls"),
              Map.entry(Setting.SMTP_USER, "hub"),
              Map.entry(Setting.SMTP_PASSWORD, "s3cret"),
              Map.entry(Setting.SMTP_FROM, "Hub <hub@example.com>"),
              Map.entry(Setting.WEBHOOK_REACH, "private-too"),
              Map.entry(Setting.INBOX_RETENTION, "60d"),
              Map.entry(Setting.INBOX_SLICE, "12h"),
              Map.entry(Setting.RUN_RETENTION, "45d"),
              Map.entry(Setting.NODE_WORK, "receive"),
              Map.entry(Setting.OTLP_ENDPOINT, "http://collector.example.com:4318"),
              Map.entry(Setting.LOG_FORMAT, "json"),
              Map.entry(Setting.LOG_LEVEL, "debug")));

  @TempDir private Path data;

  @ParameterizedTest
  @EnumSource
  void everySettingCanBeSetInEveryWay(Setting setting) throws IOException {
    String other = OTHERS.get(setting);
    assertThat(other).as("add a value for %s to this test", setting).isNotNull();
    Map<Setting, String> needed = needed(setting);
    Map<Setting, String> byFlag = new EnumMap<>(Setting.class);
    byFlag.putAll(needed);
    byFlag.put(setting, other);
    assertThat(read(Map.of(), byFlag).value(setting))
        .contains(new Settings.Value(other, "--" + setting.spelling()));
    assertThat(read(Map.of(setting.variable(), other), needed).value(setting))
        .contains(new Settings.Value(other, setting.variable()));
    Files.writeString(data.resolve("entrepot.properties"), setting.spelling() + " = " + other);
    assertThat(read(Map.of(), needed).value(setting).orElseThrow().text()).isEqualTo(other);
  }

  private static Map<Setting, String> needed(Setting setting) {
    return setting == Setting.SMTP_PASSWORD
        ? Map.of(Setting.SMTP_USER, "hub")
        : setting == Setting.SMTP_USER ? Map.of(Setting.SMTP_PASSWORD, "s3cret") : Map.of();
  }

  @Test
  void everythingTogetherBecomesTypes() {
    Settings settings = read(Map.of(), OTHERS);
    assertThat(settings.database())
        .isInstanceOfSatisfying(
            DatabaseConfig.Given.class, given -> assertThat(given.poolSize()).isEqualTo(20));
    assertThat(settings.currency().getCurrencyCode()).isEqualTo("EUR");
    assertThat(settings.mail().orElseThrow().security()).isEqualTo(MailSettings.Security.TLS);
    assertThat(settings.webhookReach()).isEqualTo(WebhookReach.PRIVATE_TOO);
    assertThat(settings.runRetention()).isEqualTo(Duration.ofDays(45));
    assertThat(settings.logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(settings.port()).isEqualTo(9090);
    assertThat(settings.trustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.7");
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Files.writeString(
        data.resolve("entrepot.properties"), "port = 1\ncurrency = GBP\nhost = 127.0.0.3");
    Settings settings =
        read(Map.of("ENTREPOT_PORT", "2", "ENTREPOT_CURRENCY", "NOK"), Map.of(Setting.PORT, "3"));
    assertThat(settings.port()).isEqualTo(3);
    assertThat(settings.currency().getCurrencyCode()).isEqualTo("NOK");
    assertThat(settings.host()).isEqualTo("127.0.0.3");
  }

  @Test
  void aMisspeltNameFailsAndNamesTheNearest() throws IOException {
    assertThatThrownBy(() -> read(Map.of("ENTREPOT_PROT", "1"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("ENTREPOT_PROT")
        .hasMessageContaining("is ENTREPOT_PORT meant?");
    Files.writeString(data.resolve("entrepot.properties"), "smtp_host = x");
    assertThatThrownBy(() -> read(Map.of(), Map.of()))
        .hasMessageContaining("smtp_host")
        .hasMessageContaining("is smtp-host meant?");
  }

  @Test
  void aWrongValueIsNamedWithWhatIsAllowedAndSecretsAreNot() {
    assertThatThrownBy(() -> read(Map.of("ENTREPOT_PORT", "70000"), Map.of()))
        .hasMessage(
            "ENTREPOT_PORT: \"70000\" is not a whole number from 0 to 65535. Allowed: 0 to 65535");
    assertThatThrownBy(() -> read(Map.of("ENTREPOT_DATABASE_URL", "mysql://u:pw@h/d"), Map.of()))
        .hasMessageContaining("ENTREPOT_DATABASE_URL: the value is not an address like")
        .hasMessageNotContaining("pw@");
    assertThatThrownBy(() -> read(Map.of("ENTREPOT_LOG_LEVEL", "loud"), Map.of()))
        .hasMessageContaining("none of error, warn, info, debug, trace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5s", "30", "d", "-1d", "1.5h", "9999999999999d", "a month"})
  void aLengthOfTimeIsANumberWithAUnit(String wrong) {
    assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.INBOX_RETENTION, wrong)))
        .hasMessageContaining(wrong)
        .hasMessageContaining("such as 90s, 15m, 12h or 30d");
  }

  @Test
  void theSecretKeyIsGivenOrInAFileOrTheDataFoldersOwn() throws IOException {
    String sealed = read(Map.of("ENTREPOT_SECRET_KEY", KEY), Map.of()).secretSeal().seal("A", "s");
    Path file = Files.writeString(data.resolve("shared.key"), KEY + "\n");
    Settings byFile = read(Map.of("ENTREPOT_SECRET_KEY_FILE", file.toString()), Map.of());
    assertThat(byFile.secretSeal().open("A", sealed)).isEqualTo("s");

    Settings own = read(Map.of(), Map.of());
    assertThat(own.lacksSecretKey()).isTrue();
    assertThatThrownBy(() -> own.secretSeal().open("A", sealed))
        .hasMessageContaining("cannot be opened with the key in " + data.resolve("secrets.key"))
        .hasMessageContaining("the same on every node");
    assertThat(own.lacksSecretKey()).isFalse();
  }

  @Test
  void aSecretKeyThatCannotBeUsedIsNamedWithoutItsValue() throws IOException {
    assertThatThrownBy(() -> read(Map.of("ENTREPOT_SECRET_KEY", "c2hvcnQ="), Map.of()))
        .hasMessageContaining("ENTREPOT_SECRET_KEY: the value is not 32 bytes in Base64")
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageNotContaining("c2hvcnQ=");
    Path file = data.resolve("absent.key");
    Settings absent = read(Map.of("ENTREPOT_SECRET_KEY_FILE", file.toString()), Map.of());
    assertThatThrownBy(absent::secretSeal)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("ENTREPOT_SECRET_KEY_FILE: the key file " + file);
    assertThat(file).doesNotExist();
    Files.writeString(file, "not a key");
    assertThatThrownBy(absent::secretSeal)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("not a key");
    Settings both = read(Map.of(), OTHERS);
    assertThatThrownBy(both::secretSeal)
        .hasMessage("both --secret-key and --secret-key-file are given; leave one out");
  }

  @Test
  void halfASignInIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> read(Map.of("ENTREPOT_SMTP_HOST", "h", "ENTREPOT_SMTP_USER", "u"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("user and password go together");
  }

  @Test
  void secretsAreMaskedWhereverSettingsAreShown() {
    assertThat(read(Map.of(), OTHERS).toString())
        .contains("smtp-password = ******  (--smtp-password)")
        .contains("database-url = ******")
        .contains("port = 9090  (--port)")
        .doesNotContain("s3cret")
        .doesNotContain(KEY)
        .doesNotContain("u:p@");
  }

  private Settings read(Map<String, String> environment, Map<Setting, String> flags) {
    return new SettingsReader(new HashMap<>(environment)).read(data, flags);
  }
}
