package dev.entrepot.connectors.wms;

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

/// The warehouse system. An account is let in by a bearer token; every service may have an address
/// of its own.
public final class WmsFactory implements RecordDestinationFactory {
  private static final String API_URL = "api_url";
  private static final String API_KEY = "api_key";
  private static final String INVENTORY = "service_endpoints.inventory";
  private static final String WAREHOUSE = "service_endpoints.warehouse";

  private final RemoteAccounts accounts = new RemoteAccounts();

  @Override
  public String kind() {
    return "wms";
  }

  @Override
  public String title() {
    return "WMS";
  }

  @Override
  public List<SettingField> settings() {
    return RemoteSettings.fields();
  }

  @Override
  public List<CredentialField> credentials() {
    return List.of(
        new CredentialField(
            API_URL, "the address of services that have none of their own", false, false),
        new CredentialField(API_KEY, "sent as Authorization: Bearer", true, true),
        new CredentialField(
            INVENTORY, "the address of the service for items, without /inventory", false, false),
        new CredentialField(
            WAREHOUSE,
            "the address of the service for locations, without /warehouse",
            false,
            false),
        new CredentialField(
            "service_endpoints.orders",
            "the address of the service for orders; not used",
            false,
            false),
        new CredentialField("product_type", "wms; not sent", false, false),
        new CredentialField("tenant_id", "whose account it is; not sent", false, false));
  }

  @Override
  public List<FieldSpec> fields(Map<String, String> settings) {
    return WmsSteps.ITEM;
  }

  @Override
  public List<Step> steps(Map<String, String> settings) {
    return List.of(WmsSteps.ITEMS, WmsSteps.LOCATIONS).stream().map(BulkStep::step).toList();
  }

  @Override
  public RecordDestination open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    RemoteCredentials account = new RemoteCredentials(credentials(), credentials);
    URI inventory = address(account, INVENTORY);
    URI warehouse = address(account, WAREHOUSE);
    RemoteParty party =
        new RemoteParty(title(), RemoteAuth.bearer(account.required(API_KEY)), account.mask());
    return new WmsDestination(
        accounts.open(party, RemoteSettings.of(settings), context), inventory, warehouse);
  }

  private static URI address(RemoteCredentials account, String service) {
    return account
        .address(service)
        .or(() -> account.address(API_URL))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the credentials hold neither %s nor %s; add one of them to the secret"
                    .formatted(service, API_URL)));
  }
}
