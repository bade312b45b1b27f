package dev.entrepot.storage;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the two usual forms of a database's address.
final class DatabaseUrl {

  private static final Pattern LIBPQ =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<hosts>[^@/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");
  private static final Pattern JDBC = Pattern.compile("(jdbc:postgresql:[^?@]*)(?:\\?(.*))?");

  /// What libpq calls otherwise than the JDBC driver.
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout");

  private DatabaseUrl() {}

  static DatabaseConfig.Given parse(String url, int poolSize) {
    Matcher jdbc = JDBC.matcher(url);
    if (jdbc.matches()) {
      return build(jdbc.group(1), null, null, jdbc.group(2), poolSize);
    }
    Matcher libpq = LIBPQ.matcher(url);
    if (!libpq.matches()) {
      throw new IllegalArgumentException(
          "the database URL is neither postgres://user:password@host:port/database nor "
              + "jdbc:postgresql://host:port/database; percent-encode special characters of user "
              + "and password");
    }
    String user = libpq.group("user");
    String password = libpq.group("password");
    String hosts = libpq.group("hosts");
    String database = libpq.group("database");
    String base =
        "jdbc:postgresql://"
            + (hosts == null || hosts.isEmpty() ? "localhost" : hosts)
            + "/"
            + (database == null ? "" : database);
    return build(
        base,
        user == null ? null : decoded(user),
        password == null ? null : decoded(password),
        libpq.group("query"),
        poolSize);
  }

  /// Takes user and password out of the query, so that the rest may be shown and logged.
  private static DatabaseConfig.Given build(
      String base,
      @Nullable String user,
      @Nullable String password,
      @Nullable String query,
      int poolSize) {
    StringJoiner rest = new StringJoiner("&", "?", "").setEmptyValue("");
    for (String setting : query == null ? new String[0] : query.split("&")) {
      int equals = setting.indexOf('=');
      String name = equals < 0 ? setting : setting.substring(0, equals);
      String value = equals < 0 ? "" : decoded(setting.substring(equals + 1));
      switch (name) {
        case "" -> {}
        case "user" -> user = value;
        case "password" -> password = value;
        default ->
            rest.add(
                DRIVER_NAMES.getOrDefault(name, name)
                    + "="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return new DatabaseConfig.Given(base + rest, user, password, poolSize);
  }

  private static String decoded(String text) {
    // URLDecoder would take a plus for a space, which it is only in forms.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
