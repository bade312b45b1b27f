package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.watch.PrometheusText;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.LaneFigures;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Figures for Prometheus: this node's runs, and how the inbox does.
public final class MetricsApi {
  private final Flows flows;
  private final Inbox inbox;

  public MetricsApi(Flows flows, Inbox inbox) {
    this.flows = flows;
    this.inbox = inbox;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/metrics", "getMetrics", Access.needs(Permission.READ_FLOWS), this::metrics));
  }

  private Answer metrics(Exchange exchange) {
    PrometheusText text = new PrometheusText();
    LaneFigures now = inbox.states().figures(null);
    gauge(text, "entrepot_inbox_backlog", "Events that were not looked at yet.", now.backlog());
    gauge(
        text,
        "entrepot_inbox_oldest_backlog_seconds",
        "The age of the oldest of these.",
        now.oldestBacklog().toSeconds());
    gauge(text, "entrepot_inbox_waiting", "Events that wait.", now.waiting());
    gauge(text, "entrepot_inbox_parked_keys", "Keys that are parked.", now.parkedKeys());
    gauge(text, "entrepot_inbox_open_letters", "Dead letters to be mended.", now.openLetters());
    gauge(text, "entrepot_nodes", "Nodes that live.", now.nodes());
    outstanding(text);
    return Answer.bytes(
        200, PrometheusText.TYPE, (flows.metrics().text() + text).getBytes(StandardCharsets.UTF_8));
  }

  private void outstanding(PrometheusText text) {
    text.figure(
        "RecordsOutstanding",
        PrometheusText.Kind.GAUGE,
        "Records that were rejected and are not at the destination, of whichever run.");
    new TreeMap<>(flows.outstanding().all())
        .forEach((client, now) -> {
          text.sample(
              "RecordsOutstanding", labels(client, "mapping"), now.mapping() + now.keyless());
          text.sample("RecordsOutstanding", labels(client, "destination"), now.destination());
        });
  }

  private static Map<String, String> labels(String client, String by) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("client_id", client);
    labels.put("rejected_by", by);
    return labels;
  }

  private static void gauge(PrometheusText text, String name, String help, long value) {
    text.figure(name, PrometheusText.Kind.GAUGE, help).sample(name, Map.of(), value);
  }
}
