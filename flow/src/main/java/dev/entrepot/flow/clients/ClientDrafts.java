package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.ClientSecrets.Checked;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Saves a client with the mapping it begins with and its credentials in one transaction: all of
/// it, or nothing. Safe for use by many threads.
public final class ClientDrafts {
  private final Database database;
  private final Clients clients;
  private final Mappings mappings;
  private final ClientSecrets secrets;

  public ClientDrafts(
      Database database, Clients clients, Mappings mappings, ClientSecrets secrets) {
    this.database = database;
    this.clients = clients;
    this.mappings = mappings;
    this.secrets = secrets;
  }

  /// Makes the client.
  ///
  /// @throws FlowConfigException INVALID with all problems, CONFLICT when there is such a client or
  ///   such a mapping already
  public Client create(Actor actor, ClientDraft draft) {
    List<Checked> checked = check(draft);
    return database.write(transaction -> {
      begin(transaction, actor, draft);
      clients.create(transaction, actor, draft.config());
      return finish(transaction, actor, draft, checked);
    });
  }

  /// Changes the client; its id stays.
  ///
  /// @param revision of the client as it was when the change was thought out
  /// @throws FlowConfigException INVALID, NOT_FOUND, CONFLICT when it was changed since, or when
  ///   there is such a mapping already
  public Client update(Actor actor, ClientDraft draft, long revision) {
    List<Checked> checked = check(draft);
    return database.write(transaction -> {
      begin(transaction, actor, draft);
      clients.update(transaction, actor, draft.config(), revision);
      return finish(transaction, actor, draft, checked);
    });
  }

  private List<Checked> check(ClientDraft draft) {
    ClientConfig client = draft.config();
    var problems = new ConfigProblems();
    Map<String, String> productTypes = new TreeMap<>(mappings.productTypes());
    ConfigTree mapping = draft.mapping();
    if (mapping != null) {
      productTypes.put(client.mapping(), Mappings.productType(mapping));
      problems.addAll(mappings.check(client.mapping(), mapping));
    }
    problems.addAll(clients.checkWhole(client, productTypes));
    List<Checked> checked =
        draft.secrets().entrySet().stream()
            .map(secret ->
                secrets.check(
                    client.id(),
                    secret.getKey(),
                    secret.getValue(),
                    ClientSecrets.given(client, secret.getKey()),
                    problems))
            .toList();
    problems.requireNone("client " + client.id());
    return checked;
  }

  private void begin(Connection transaction, Actor actor, ClientDraft draft) {
    ConfigTree mapping = draft.mapping();
    if (mapping != null) {
      mappings.create(transaction, actor, draft.config().mapping(), mapping);
    }
  }

  private Client finish(
      Connection transaction, Actor actor, ClientDraft draft, List<Checked> checked) {
    checked.forEach(secret -> secrets.set(transaction, actor, secret));
    return ClientStore.find(transaction, draft.config().id()).orElseThrow();
  }
}
