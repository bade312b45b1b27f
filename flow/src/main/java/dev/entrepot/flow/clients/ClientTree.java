package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.ClientConfig.Side;
import dev.entrepot.flow.clients.FlowOptions.CallLimit;
import dev.entrepot.flow.clients.FlowOptions.Retries;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.flow.schedules.SchedulePlan;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client as names and values, as [ClientReader] reads it. What is as it usually is, is left out.
public final class ClientTree {
  private static final String SIESA = "siesa";

  private ClientTree() {}

  public static Map<String, @Nullable Object> of(ClientConfig client) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Side source = client.source();
    Side product = client.destination();
    tree.put("client_id", client.id());
    tree.put("client_name", client.name());
    tree.put("enabled", client.enabled());
    put(tree, "source", source.kind().equals(SIESA) ? null : source.kind());
    tree.put("product_type", product.kind());
    put(tree, "siesa_api_url", source.apiUrl().isEmpty() ? null : source.apiUrl());
    tree.put("siesa_credentials_secret", source.secret());
    put(tree, "source_settings", settings(source));
    put(tree, "product_api_url", product.apiUrl().isEmpty() ? null : product.apiUrl());
    tree.put("product_credentials_secret", product.secret());
    put(tree, "product_settings", settings(product));
    put(tree, "aws_account_id", client.awsAccountId());
    schedule(client.schedule(), tree);
    tree.put("field_mappings_key", client.mapping());
    Map<String, @Nullable Object> flow = flow(client.options());
    put(tree, "flow", flow.isEmpty() ? null : flow);
    return tree;
  }

  private static @Nullable Map<String, String> settings(Side side) {
    return side.settings().isEmpty() ? null : new TreeMap<>(side.settings());
  }

  private static void schedule(@Nullable SchedulePlan plan, Map<String, @Nullable Object> tree) {
    if (plan == null) {
      return;
    }
    tree.put("sync_schedule", plan.expression());
    put(tree, "timezone", plan.zone().equals(ZoneOffset.UTC) ? null : plan.zone().getId());
    put(
        tree,
        "catch_up",
        plan.catchUp() == CatchUp.ONCE ? null : ClientReader.word(plan.catchUp()));
  }

  private static Map<String, @Nullable Object> flow(FlowOptions options) {
    Map<String, @Nullable Object> flow = new LinkedHashMap<>();
    put(flow, "page_size", whole(options.pageSize()));
    put(flow, "overlap", time(options.overlap()));
    put(flow, "missing", options.deleteMissing() ? "delete" : null);
    put(flow, "concurrency", whole(options.concurrency()));
    put(flow, "source_rate_limit", limit(options.sourceLimit()));
    put(flow, "product_rate_limit", limit(options.productLimit()));
    Map<String, @Nullable Object> retries = retries(options.retries());
    put(flow, "retries", retries.isEmpty() ? null : retries);
    return flow;
  }

  private static Map<String, @Nullable Object> retries(Retries retries) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    put(tree, "fault", whole(retries.faultTries()));
    put(tree, "unavailable", whole(retries.unavailableTries()));
    put(tree, "throttled", whole(retries.throttledTries()));
    put(tree, "first_pause", time(retries.firstPause()));
    put(tree, "longest_pause", time(retries.longestPause()));
    return tree;
  }

  private static @Nullable Object limit(@Nullable CallLimit limit) {
    if (limit == null) {
      return null;
    }
    if (limit.calls() == 0) {
      return "none";
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("calls", (long) limit.calls());
    tree.put("per", TimeText.write(limit.per()));
    return limit.per().equals(Duration.ofMinutes(1)) ? (Object) (long) limit.calls() : tree;
  }

  private static @Nullable Long whole(@Nullable Integer number) {
    return number == null ? null : number.longValue();
  }

  private static @Nullable String time(@Nullable Duration duration) {
    return duration == null ? null : TimeText.write(duration);
  }

  private static void put(Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value);
    }
  }
}
