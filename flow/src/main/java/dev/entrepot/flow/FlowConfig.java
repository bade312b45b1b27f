package dev.entrepot.flow;

import dev.entrepot.flow.clients.ClientDrafts;
import dev.entrepot.flow.clients.ClientImport;
import dev.entrepot.flow.clients.ClientReach;
import dev.entrepot.flow.clients.ClientSecrets;
import dev.entrepot.flow.clients.ClientSetups;
import dev.entrepot.flow.clients.Clients;
import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.flow.clients.SharedAccounts;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.flow.schedules.DueSchedules;
import dev.entrepot.flow.workspace.Workspace;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All that is configuration of flows, for the console, the command line and the engine. Whatever
/// its parts refuse is a [dev.entrepot.flow.config.FlowConfigException]. Safe for use by many
/// threads.
public final class FlowConfig {
  private final FlowSystems systems;
  private final Mappings mappings;
  private final DueSchedules schedules;
  private final Clients clients;
  private final ClientSecrets secrets;
  private final ClientDrafts drafts;
  private final ClientImport imports;
  private final ClientSetups setups;
  private final SharedAccounts accounts;
  private final ClientReach reach;
  private final Workspace workspace;

  /// @param database migrated
  /// @param environment gives the values of `env:` references, as `System::getenv` does
  public FlowConfig(
      Database database,
      ActivityLog activities,
      Clock clock,
      SecretSeal seal,
      FlowSystems systems,
      UnaryOperator<@Nullable String> environment) {
    this.systems = systems;
    this.mappings = new Mappings(database, activities, clock, systems::fields);
    this.schedules = new DueSchedules(database);
    this.clients = new Clients(database, activities, clock, systems, mappings, schedules);
    this.secrets = new ClientSecrets(database, activities, clock, seal, systems, environment);
    this.drafts = new ClientDrafts(database, clients, mappings, secrets);
    this.imports = new ClientImport(database, clients);
    this.setups = new ClientSetups(clients, mappings, secrets, systems);
    this.accounts = new SharedAccounts(database);
    this.reach = new ClientReach(setups, accounts, clock);
    this.workspace = new Workspace(database, clients, mappings);
  }

  /// The kinds of systems there are, their settings, credentials and fields.
  public FlowSystems systems() {
    return systems;
  }

  /// Mappings: check, compile, keep, revisions.
  public Mappings mappings() {
    return mappings;
  }

  /// Clients: list, create, change, remove, revisions.
  public Clients clients() {
    return clients;
  }

  /// Credentials of clients' systems.
  public ClientSecrets secrets() {
    return secrets;
  }

  /// Clients saved together with their mapping and credentials.
  public ClientDrafts drafts() {
    return drafts;
  }

  /// Takes clients over from where they were kept before.
  public ClientImport imports() {
    return imports;
  }

  /// When clients' runs begin by themselves.
  public DueSchedules schedules() {
    return schedules;
  }

  /// Clients ready to run.
  public ClientSetups setups() {
    return setups;
  }

  /// Which clients write to the same account.
  public SharedAccounts accounts() {
    return accounts;
  }

  /// Tries clients' systems before a run does.
  public ClientReach reach() {
    return reach;
  }

  /// All of it as a folder of files.
  public Workspace workspace() {
    return workspace;
  }
}
