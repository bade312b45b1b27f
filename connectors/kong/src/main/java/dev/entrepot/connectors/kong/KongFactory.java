package dev.entrepot.connectors.kong;

import dev.entrepot.kit.remote.BulkStep;
import dev.entrepot.kit.remote.RemoteAccounts;
import dev.entrepot.kit.remote.RemoteAuth;
import dev.entrepot.kit.remote.RemoteCredentials;
import dev.entrepot.kit.remote.RemoteParty;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Kong, the back end of RFID readers. An account is let in by `X-API-Key`.
public final class KongFactory implements RecordDestinationFactory {
  private static final String API_URL = "api_url";
  private static final String API_KEY = "api_key";

  private final RemoteAccounts accounts = new RemoteAccounts();

  @Override
  public String kind() {
    return "kong";
  }

  @Override
  public String title() {
    return "Kong RFID";
  }

  @Override
  public List<SettingField> settings() {
    return RemoteSettings.fields();
  }

  @Override
  public List<CredentialField> credentials() {
    return List.of(
        new CredentialField(API_URL, "the address of Kong, without /products", true, false),
        new CredentialField(API_KEY, "sent as X-API-Key", true, true),
        new CredentialField("product_type", "kong; not sent", false, false),
        new CredentialField("tenant_id", "whose account it is; not sent", false, false),
        new CredentialField("database_type", "not sent", false, false),
        new CredentialField(
            "additional_config.rfid_enabled",
            "not used: tags are written for products that have one",
            false,
            false));
  }

  @Override
  public List<FieldSpec> fields(Map<String, String> settings) {
    return KongSteps.PRODUCT;
  }

  @Override
  public List<Step> steps(Map<String, String> settings) {
    return KongSteps.ALL.stream().map(BulkStep::step).toList();
  }

  @Override
  public RecordDestination open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    RemoteCredentials account = new RemoteCredentials(credentials(), credentials);
    URI base = account.requiredAddress(API_URL);
    RemoteParty party =
        new RemoteParty(
            title(), RemoteAuth.header("X-API-Key", account.required(API_KEY)), account.mask());
    return new KongDestination(accounts.open(party, RemoteSettings.of(settings), context), base);
  }
}
