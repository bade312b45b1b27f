package dev.entrepot.simulators.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The page to look into a simulated system: what it holds, what was called, which faults are
/// armed. Plain HTML without scripts or anything from elsewhere.
final class LookIn {
  private static final int THINGS = 50;
  private static final int CALLS = 25;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RemoteServer server;
  private final String style;

  LookIn(RemoteServer server) {
    this.server = server;
    try (var css = Objects.requireNonNull(LookIn.class.getResourceAsStream("page.css"))) {
      this.style = new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply show(Call call) {
    var search = call.query("q").orElse("").strip();
    var title = escaped(server.system().title());
    var html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
        <style>%s</style></head>
        <body><main><h1>%s</h1><p>A simulated system at <code>%s</code>. %s</p>
        %s%s%s%s%s</main></body></html>
        """
            .formatted(
                title,
                style,
                title,
                escaped(server.uri().toString()),
                limit(),
                tiles(),
                faults(),
                arming(),
                calls(),
                things(search));
    return Reply.text(200, "text/html; charset=utf-8", html, Map.of("Cache-Control", "no-store"));
  }

  private String limit() {
    var limit = server.limit();
    return limit.unlimited()
        ? "There is no limit of calls."
        : "%d calls in %d seconds for every tenant."
            .formatted(limit.calls(), limit.per().toSeconds());
  }

  private String tiles() {
    var tiles = new StringBuilder("<div class=\"tiles\">");
    for (var holding : server.system().holdings()) {
      var effects = holding.effects();
      tiles.append(
          tile(
              holding.size(),
              String.format(
                  Locale.ROOT,
                  "%s: %,d created, %,d updated, %,d writes changed nothing",
                  holding.name(),
                  effects.created(),
                  effects.updated(),
                  effects.unchanged())));
    }
    tiles.append(tile(server.log().calls(), "calls"));
    tiles.append(tile(server.log().throttled(), "refused by the limit (429)"));
    return tiles.append("</div>").toString();
  }

  private static String tile(long number, String words) {
    return String.format(
        Locale.ROOT, "<div><b>%,d</b><span>%s</span></div>", number, escaped(words));
  }

  private String faults() {
    var rows =
        server.faults().armed().stream()
            .map(armed ->
                """
                <tr><td class="n">%d</td><td class="one">%s</td><td><code>%s %s</code></td>\
                <td>%s</td><td class="n">%d of %d</td><td>\
                <form method="post" action="/_disarm"><input type="hidden" name="id" value="%d">\
                <button>Disarm</button></form></td></tr>
                """
                    .formatted(
                        armed.id(),
                        escaped(FaultJson.words(armed.fault().harm())),
                        escaped(armed.fault().method()),
                        escaped(armed.fault().path()),
                        turn(armed.fault()),
                        armed.done(),
                        armed.seen(),
                        armed.id()))
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? "<h2>Faults</h2><p>None is armed.</p>"
        : table(
            "Faults",
            "<th class=\"n\">No.</th><th>Does</th><th>To</th><th>When</th><th class=\"n\">Done</th>"
                + "<th></th>",
            rows);
  }

  private static String turn(Fault fault) {
    var words = new StringBuilder("from call " + fault.from());
    if (fault.every() > 1) {
      words.append(", one in ").append(fault.every());
    }
    if (fault.times() != Integer.MAX_VALUE) {
      words.append(", ").append(fault.times()).append(" times");
    }
    return words.toString();
  }

  private static String arming() {
    var options =
        FaultJson.NAMES.stream()
            .map(name -> "<option>" + name + "</option>")
            .collect(Collectors.joining());
    return """
    <details><summary>Arm a fault</summary>
    <form class="row" method="post" action="/_faults">
    <label>Fault <select name="do">%s</select></label>
    <label>Method <input class="short" name="method" placeholder="any"></label>
    <label>Path, * for any part <input name="path" placeholder="any"></label>
    <label>Tenant <input name="tenant" placeholder="any"></label>
    <label>Status <input class="short" name="status" inputmode="numeric"></label>
    <label>Milliseconds <input class="short" name="ms" inputmode="numeric"></label>
    <label>Items with text <input name="text"></label>
    <label>From call <input class="short" name="from" inputmode="numeric" value="1"></label>
    <label>One in <input class="short" name="every" inputmode="numeric" value="1"></label>
    <label>Times <input class="short" name="times" inputmode="numeric" value="1"></label>
    <button>Arm</button></form></details>
    """
        .formatted(options);
  }

  private String calls() {
    var last = server.log().last();
    var rows =
        last.reversed().stream()
            .limit(CALLS)
            .map(entry ->
                """
                <tr><td class="n">%d</td><td class="one">%s</td><td>%s</td>\
                <td><code>%s %s</code></td><td class="n %s">%s</td><td class="n">%d</td><td>%s</td></tr>
                """
                    .formatted(
                        entry.number(),
                        TIME.format(entry.at()),
                        escaped(entry.tenant()),
                        escaped(entry.method()),
                        escaped(entry.address()),
                        entry.status() >= 200 && entry.status() < 300 ? "good" : "bad",
                        entry.status() == 0 ? "none" : entry.status(),
                        entry.took().toMillis(),
                        escaped(entry.fault())))
            .collect(Collectors.joining());
    return table(
        "Last calls",
        "<th class=\"n\">No.</th><th>At (UTC)</th><th>Tenant</th><th>Call</th><th class=\"n\">Status</th>"
            + "<th class=\"n\">ms</th><th>Fault</th>",
        rows);
  }

  private String things(String search) {
    var html = new StringBuilder("<h2>What it holds</h2>");
    html.append(
        """
        <form class="row" method="get" action="/"><label>Search keys, tenants, contents \
        <input type="search" name="q" value="%s"></label><button>Search</button></form>
        """
            .formatted(escaped(search)));
    for (var holding : server.system().holdings()) {
      var found = found(holding, search);
      var rows =
          found.stream()
              .map(thing ->
                  """
                  <tr><td class="one">%s</td><td>%s</td><td class="n">%d</td><td><code>%s</code></td></tr>
                  """
                      .formatted(
                          escaped(thing.key()),
                          escaped(thing.tenant()),
                          thing.version(),
                          escaped(thing.contents().toString())))
              .collect(Collectors.joining());
      html.append(
          table(
              "%s: %s".formatted(holding.name(), counts(holding)),
              "<th>Key</th><th>Tenant</th><th class=\"n\">Version</th><th>Contents</th>",
              rows));
    }
    return html.toString();
  }

  /// How many things each tenant has.
  private static String counts(Holding holding) {
    String counts =
        holding
            .things()
            .collect(Collectors.groupingBy(HeldThing::tenant, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(tenant -> tenant.getKey() + " " + tenant.getValue())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none" : counts;
  }

  private static List<HeldThing> found(Holding holding, String search) {
    return holding
        .things()
        .filter(thing ->
            search.isEmpty()
                || thing.key().contains(search)
                || thing.tenant().equals(search)
                || thing.contents().toString().contains(search))
        .sorted(Comparator.comparing(HeldThing::tenant).thenComparing(HeldThing::key))
        .limit(THINGS)
        .toList();
  }

  private static String table(String title, String head, String rows) {
    return """
    <h2>%s</h2><div class="scroll" tabindex="0" role="region" aria-label="%s"><table><thead><tr>%s</tr></thead>
    <tbody>%s</tbody></table></div>
    """
        .formatted(escaped(title), escaped(title), head, rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
