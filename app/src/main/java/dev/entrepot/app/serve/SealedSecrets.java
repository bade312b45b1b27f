package dev.entrepot.app.serve;

import dev.entrepot.flow.clients.ClientSecrets;
import dev.entrepot.inbox.connections.StoredSecrets;
import dev.entrepot.onboarding.vendors.VendorSecrets;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.util.ArrayList;
import java.util.List;

/// Looks whether the key at hand opens what is sealed in the database.
public final class SealedSecrets {
  private SealedSecrets() {}

  /// What it does not open, whose it is, and the next step; empty when all is well, also before the
  /// database has tables.
  public static List<String> unopened(Database database, SecretSeal seal) {
    return database.read(connection -> {
      List<String> whose = new ArrayList<>(StoredSecrets.unopened(connection, seal));
      VendorSecrets.unopened(connection, seal).forEach(code -> whose.add("vendor " + code));
      whose.addAll(ClientSecrets.unopened(connection, seal));
      return whose.stream()
          .map(owner ->
              "the secret of %s cannot be opened with %s; give every node the key that it was sealed"
                      .formatted(owner, seal.origin())
                  + " with (secret-key, or the file secrets.key of the node that sealed it), or give"
                  + " a new secret")
          .toList();
    });
  }
}
