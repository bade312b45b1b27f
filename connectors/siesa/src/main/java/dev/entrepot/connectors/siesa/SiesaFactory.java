package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteAccounts;
import dev.entrepot.kit.remote.RemoteAuth;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.kit.remote.RemoteCredentials;
import dev.entrepot.kit.remote.RemoteParty;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Siesa, the ERP, in its two dialects. Values are given as Siesa gives them: decimals with a
/// comma, booleans in many words are the mapping's to understand.
public final class SiesaFactory implements RecordSourceFactory {
  /// The field that says when a product was last changed.
  static final String CHANGED = "f_fecha_modificacion";

  private static final String API_URL = "api_url";
  private static final String API_KEY = "api_key";
  private static final String PASSWORD = "password";
  private static final String TENANT_ID = "tenant_id";

  private final RemoteAccounts accounts = new RemoteAccounts();

  @Override
  public String kind() {
    return "siesa";
  }

  @Override
  public String title() {
    return "Siesa";
  }

  @Override
  public List<SettingField> settings() {
    List<SettingField> settings = new ArrayList<>(SiesaSettings.FIELDS);
    settings.addAll(RemoteSettings.fields());
    return settings;
  }

  @Override
  public List<CredentialField> credentials() {
    return List.of(
        new CredentialField(
            API_URL, "the address of Siesa, without /inventory or /api/siesa", true, false),
        new CredentialField(
            API_KEY,
            "rest: the bearer token or X-API-Key; standard-query: the ConniKey",
            true,
            true),
        new CredentialField("username", "not sent", false, false),
        new CredentialField(
            PASSWORD, "standard-query: the ConniToken; rest: not sent", false, true),
        new CredentialField(
            TENANT_ID,
            "standard-query: the company, unless a setting names it; rest: not sent",
            false,
            false));
  }

  @Override
  public List<FieldSpec> fields(Map<String, String> settings) {
    return List.of(
        new FieldSpec("f_codigo", FieldSpec.Type.TEXT, true, "the product's code"),
        new FieldSpec("f_codigo_externo", FieldSpec.Type.TEXT, false, "its code elsewhere"),
        new FieldSpec("f_nombre", FieldSpec.Type.TEXT, false, "its name"),
        new FieldSpec("f_ean", FieldSpec.Type.TEXT, false, "its EAN"),
        new FieldSpec("f_cantidad", FieldSpec.Type.DECIMAL, false, "how many are in stock"),
        new FieldSpec("f_tag_rfid", FieldSpec.Type.TEXT, false, "its RFID tag"),
        new FieldSpec("f_ubicacion", FieldSpec.Type.TEXT, false, "where it is, such as A-01-05"),
        new FieldSpec("f_zona", FieldSpec.Type.TEXT, false, "the zone that it is in"),
        new FieldSpec("f_categoria", FieldSpec.Type.TEXT, false, "its category"),
        new FieldSpec("f_activo", FieldSpec.Type.TRUTH, false, "whether it is still sold"),
        new FieldSpec(CHANGED, FieldSpec.Type.DATE, false, "when it was last changed"));
  }

  @Override
  public RecordSource open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    RemoteCredentials account = new RemoteCredentials(credentials(), credentials);
    SiesaSettings chosen = SiesaSettings.of(settings);
    URI base = account.requiredAddress(API_URL);
    String company = chosen.company().or(() -> account.text(TENANT_ID)).orElse("");
    if (chosen.dialect() == SiesaSettings.Dialect.STANDARD_QUERY && company.isEmpty()) {
      throw new IllegalArgumentException(
          "setting %s is empty, and the credentials hold no %s; give the number of the company in one of them"
              .formatted(SiesaSettings.COMPANY, TENANT_ID));
    }
    RemoteClient client =
        accounts.open(
            new RemoteParty(title(), auth(chosen, account), account.mask()),
            RemoteSettings.of(settings),
            context);
    return switch (chosen.dialect()) {
      case REST -> new SiesaSource(client, new RestDialect(base), chosen, context.clock());
      case STANDARD_QUERY ->
          new SiesaSource(
              client, new StandardQueryDialect(base, company, chosen), chosen, context.clock());
    };
  }

  private static RemoteAuth auth(SiesaSettings chosen, RemoteCredentials account) {
    String key = account.required(API_KEY);
    return switch (chosen.dialect()) {
      case REST ->
          switch (chosen.auth()) {
            case BEARER -> RemoteAuth.bearer(key);
            case API_KEY -> RemoteAuth.header("X-API-Key", key);
          };
      case STANDARD_QUERY ->
          RemoteAuth.header("ConniKey", key)
              .and(RemoteAuth.header("ConniToken", account.required(PASSWORD)));
    };
  }
}
