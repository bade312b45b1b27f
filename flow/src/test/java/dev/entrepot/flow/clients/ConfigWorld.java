package dev.entrepot.flow.clients;

import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A database with configuration for tests, at a fixed time.
public final class ConfigWorld implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");
  public static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  public static final String MAPPING =
      """
      product_type: kong
      mappings:
        product:
          id: {from: f_codigo, to: product_id}
          external_id: {from: f_externo}
          name: {from: f_nombre, to: name}
          stock_quantity: {from: f_cantidad, to: quantity}
      """;

  public static final String ACME =
      """
      client_id: acme
      client_name: Acme
      product_type: kong
      siesa_api_url: https://siesa.example.com/v3
      product_api_url: https://kong.example.com
      sync_schedule: rate(6 hours)
      timezone: America/Bogota
      field_mappings_key: kong-standard
      flow: {page_size: 500, overlap: 10m, product_rate_limit: 60}
      """;

  public final Database database = TestDatabase.fresh();
  public final ActivityLog activities = new ActivityLog(database);
  public final SecretSeal seal = new SecretSeal(new byte[32]);
  public final Map<String, String> environment = new HashMap<>();
  public final PlainSystems plain = new PlainSystems();
  public final FlowConfig config =
      new FlowConfig(
          database,
          activities,
          Clock.fixed(NOW, ZoneOffset.UTC),
          seal,
          plain.systems(),
          environment::get);

  public static ConfigTree tree(String text) {
    return ConfigTree.read(text, new ConfigProblems());
  }

  public static ClientConfig client(String text) {
    return ClientReader.read(tree(text), new ConfigProblems());
  }

  /// A client by another id.
  public static ClientConfig client(String id, String text) {
    return client(text.replace("client_id: acme", "client_id: " + id));
  }

  /// The latest activities of a subject, newest first.
  public List<String> activities(String subject) {
    return activities.list(subject, null, null, 50).items().stream()
        .map(activity -> activity.actor() + " " + activity.action() + " " + activity.subject())
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
