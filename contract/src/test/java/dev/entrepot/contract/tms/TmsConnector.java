package dev.entrepot.contract.tms;

import dev.entrepot.kit.remote.RemoteAccounts;
import dev.entrepot.kit.remote.RemoteAuth;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.kit.remote.RemoteCredentials;
import dev.entrepot.kit.remote.RemoteParty;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// What the connector's two directions share.
final class TmsConnector {
  static final String KIND = "tms";
  static final String TITLE = "TMS";

  static final List<CredentialField> CREDENTIALS =
      List.of(
          new CredentialField("url", "the address of the TMS", true, false),
          new CredentialField("key", "sent as X-TMS-Key", true, true));

  static final List<FieldSpec> FIELDS =
      List.of(
          new FieldSpec("id", FieldSpec.Type.TEXT, true, "by which a shipment is known"),
          new FieldSpec("city", FieldSpec.Type.TEXT, true, "where it goes"),
          new FieldSpec("parcels", FieldSpec.Type.WHOLE, false, "of how many parcels it is"));

  /// An account that is open.
  record Account(RemoteClient client, URI base) {}

  private final RemoteAccounts accounts = new RemoteAccounts();

  Account open(Map<String, String> settings, Fields credentials, RemoteContext context) {
    RemoteCredentials account = new RemoteCredentials(CREDENTIALS, credentials);
    URI base = account.requiredAddress("url");
    RemoteAuth auth = RemoteAuth.header("X-TMS-Key", account.required("key"));
    RemoteParty party = new RemoteParty(TITLE, auth, account.mask());
    return new Account(accounts.open(party, RemoteSettings.of(settings), context), base);
  }
}
