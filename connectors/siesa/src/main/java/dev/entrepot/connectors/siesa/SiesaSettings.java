package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.spi.event.SettingField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How an account of Siesa is read.
///
/// @param pageSize empty: as large as the dialect gives
/// @param company empty: as the credentials say
/// @param changes the parameter that asks for what was changed; empty: there is none
record SiesaSettings(
    Dialect dialect,
    Auth auth,
    OptionalInt pageSize,
    Optional<String> company,
    String query,
    Optional<String> changes) {

  /// What it speaks.
  enum Dialect {
    REST,
    STANDARD_QUERY
  }

  /// How `rest` lets in.
  enum Auth {
    BEARER,
    API_KEY
  }

  static final String DIALECT = "dialect";
  static final String AUTH = "auth";
  static final String PAGE_SIZE = "page-size";
  static final String COMPANY = "id-compania";
  static final String QUERY = "descripcion";
  static final String CHANGES = "changes-parameter";

  static final List<SettingField> FIELDS =
      List.of(
          new SettingField(
              DIALECT, "what this Siesa speaks", "rest", List.of("rest", "standard-query")),
          new SettingField(
              AUTH,
              "how rest lets in: by Authorization: Bearer, or by X-API-Key",
              "bearer",
              List.of("bearer", "api-key")),
          new SettingField(
              PAGE_SIZE,
              "how many products a page has at most; empty: as many as Siesa gives, 1000 in rest"
                  + " and 100 in standard-query",
              "",
              List.of()),
          new SettingField(
              COMPANY,
              "standard-query: the company's number; empty: tenant_id of the credentials",
              "",
              List.of()),
          new SettingField(
              QUERY, "standard-query: the name of the query", "API_v2_Items", List.of()),
          new SettingField(
              CHANGES,
              "standard-query: the name in parametros that asks for what was changed since a time;"
                  + " empty: every run reads everything",
              "modified_since",
              List.of()));

  private static final int LARGEST = 1_000;

  /// @throws IllegalArgumentException when one is not allowed
  static SiesaSettings of(Map<String, String> values) {
    String pageSize = text(values, PAGE_SIZE);
    return new SiesaSettings(
        chosen(Dialect.values(), values, DIALECT),
        chosen(Auth.values(), values, AUTH),
        pageSize.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(RemoteSettings.count(values, PAGE_SIZE, 1, LARGEST)),
        Optional.of(text(values, COMPANY)).filter(company -> !company.isEmpty()),
        text(values, QUERY),
        Optional.of(text(values, CHANGES)).filter(changes -> !changes.isEmpty()));
  }

  private static <E extends Enum<E>> E chosen(
      E[] choices, Map<String, String> values, String name) {
    String text = text(values, name);
    for (E choice : choices) {
      if (choice.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "setting %s cannot be \"%s\"; see its choices".formatted(name, text));
  }

  private static String text(Map<String, String> values, String name) {
    return values.getOrDefault(name, "").strip();
  }
}
