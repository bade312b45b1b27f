package dev.entrepot.app.demo;

import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import dev.entrepot.cli.terminal.Terminal;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.clients.FlowOptions;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.runs.Forecast;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.flow.schedules.SchedulePlan;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Books;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Syncs ten companies from their ERP at once, one of them in vain, and shows what became of it.
final class SyncShow {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Actor DEMO = Actor.system("demo");
  private static final int SOLD = 12;

  private final Flows flows;
  private final DemoErp erp;
  private final Clock clock;
  private final Terminal terminal;

  SyncShow(Flows flows, DemoErp erp, Clock clock, Terminal terminal) {
    this.flows = flows;
    this.erp = erp;
    this.clock = clock;
    this.terminal = terminal;
  }

  void play() {
    terminal.note("");
    terminal.note("ten companies are synced from their ERP at once; the key of one is refused");
    DemoErp.TENANTS.stream().map(DemoTenant::mapping).distinct().forEach(this::mapping);
    DemoErp.TENANTS.forEach(this::client);
    List<Run> begun = new ArrayList<>();
    for (DemoTenant tenant : DemoErp.TENANTS) {
      begun.add(flows.runs().queue(tenant.id(), RunMode.INITIAL, "demo", DEMO));
    }
    List<Run> ended = begun.stream().map(run -> awaited(run.id())).toList();
    terminal.print("");
    terminal.print("sync: ten companies, from Siesa to Kong and WMS");
    table(ended);
    refused();
    plan();
  }

  /// Says what somebody needs who makes a client of their own.
  void spare() {
    terminal.print("");
    terminal.print(
        "company %s has no client yet; make one in the console (Sync, New client):"
            .formatted(DemoErp.KONG_SPARE.name()));
    access("Siesa", erp.siesa(), DemoErp.KONG_SPARE.siesaKey());
    access("Kong", erp.product("kong"), DemoErp.KONG_SPARE.productKey());
    access("WMS", erp.product("wms"), DemoErp.WMS_SPARE.productKey());
    erp.services().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(service ->
            terminal.print("         %-10s %s".formatted(service.getKey(), service.getValue())));
    terminal.print("  These systems are simulated: open an address in a browser to look into it.");
  }

  /// Says how the client can be mended that is not let in.
  private void refused() {
    DemoErp.TENANTS.stream()
        .filter(tenant -> tenant.trouble() == DemoTenant.Trouble.DENIED)
        .forEach(tenant ->
            terminal.print(
                "  client %s is refused: its key was renewed; mend it with API key %s (Sync, Clients, %s, Edit)"
                    .formatted(tenant.id(), tenant.renewedKey(), tenant.id())));
  }

  private void access(String system, URI address, String key) {
    terminal.print("  %-6s %s  API key %s".formatted(system, address, key));
  }

  private void mapping(String name) {
    if (flows.config().mappings().find(name).isEmpty()) {
      ConfigProblems problems = new ConfigProblems();
      ConfigTree tree = ConfigTree.read(resource(name + ".json"), problems);
      problems.requireNone("mapping " + name);
      var _ = flows.config().mappings().create(DEMO, name, tree);
    }
  }

  /// Made, or with other addresses when an earlier demo on this folder made it.
  private void client(DemoTenant tenant) {
    FlowConfig config = flows.config();
    ClientConfig wanted = config(tenant);
    config
        .clients()
        .find(tenant.id())
        .ifPresentOrElse(
            known -> {
              var _ = config.clients().update(DEMO, wanted, known.revision());
            },
            () -> {
              var _ = config.clients().create(DEMO, wanted);
            });
    var _ =
        config
            .secrets()
            .set(DEMO, tenant.id(), "siesa", credentials(erp.siesa(), tenant.siesaKey(), ""));
    URI address = erp.product(tenant.product());
    String more = tenant.product().equals("wms") ? services() : "";
    var _ =
        config
            .secrets()
            .set(
                DEMO,
                tenant.id(),
                tenant.product(),
                credentials(address, tenant.productKey(), more));
  }

  private static String credentials(URI address, String key, String more) {
    return "{\"api_url\": \"%s\", \"api_key\": \"%s\"%s}".formatted(address, key, more);
  }

  private String services() {
    Map<String, URI> services = erp.services();
    return ", \"service_endpoints\": {\"inventory\": \"%s\", \"warehouse\": \"%s\", \"orders\": \"%s\"}"
        .formatted(services.get("inventory"), services.get("warehouse"), services.get("orders"));
  }

  private ClientConfig config(DemoTenant tenant) {
    boolean goesOn = tenant.trouble() != DemoTenant.Trouble.DENIED;
    return new ClientConfig(
        tenant.id(),
        tenant.name(),
        true,
        side(tenant, "siesa", erp.siesa(), Map.of("auth", "api-key")),
        side(tenant, tenant.product(), erp.product(tenant.product()), Map.of()),
        goesOn ? new SchedulePlan("rate(2 minutes)", ZoneOffset.UTC, CatchUp.ONCE) : null,
        tenant.mapping(),
        FlowOptions.USUAL,
        null);
  }

  private static ClientConfig.Side side(
      DemoTenant tenant, String kind, URI address, Map<String, String> settings) {
    return new ClientConfig.Side(
        kind, address.toString(), ClientReader.secretName(tenant.id(), kind), settings);
  }

  private Run awaited(UUID id) {
    Instant end = clock.instant().plus(PATIENCE);
    Run run = flows.runs().find(id).orElseThrow();
    while (!run.state().ended()
        && run.state() != RunState.PLANNED
        && clock.instant().isBefore(end)) {
      pause();
      run = flows.runs().find(id).orElseThrow();
    }
    return run;
  }

  private void table(List<Run> runs) {
    Table table =
        new Table(
            Column.text("COMPANY"),
            Column.text("FLOW"),
            Column.text("RUN"),
            Column.number("READ"),
            Column.number("WRITTEN"),
            Column.number("UNCHANGED"),
            Column.number("REJECTED"),
            Column.number("SKIPPED"),
            Column.number("CALLS"),
            Column.text("WHY"));
    for (Run run : runs) {
      Books books = run.books();
      table.row(
          run.tenant(),
          run.flow(),
          run.state().name().toLowerCase(Locale.ROOT),
          String.valueOf(books.received()),
          String.valueOf(books.written()),
          String.valueOf(books.unchanged()),
          String.valueOf(books.rejected()),
          String.valueOf(books.skipped()),
          String.valueOf(run.calls()),
          run.code() == null ? "" : run.code());
    }
    table.print(terminal);
  }

  /// What a sync would do, before it does it.
  private void plan() {
    String tenant = DemoErp.TENANTS.getFirst().id();
    erp.sell(tenant, SOLD);
    Run plan = awaited(flows.runs().queue(tenant, RunMode.PLAN, "demo", DEMO).id());
    Forecast forecast = flows.runs().forecast(plan);
    terminal.print("");
    terminal.print(
        "  %s sold %d products; a plan says what a run would do: %d to write, %d unchanged, %d %s"
            .formatted(
                tenant,
                SOLD,
                plan.books().pending(),
                plan.books().unchanged(),
                forecast.calls(),
                forecast.calls() == 1 ? "call" : "calls"));
  }

  private static String resource(String name) {
    try (InputStream in = SyncShow.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runs are awaited", e);
    }
  }
}
