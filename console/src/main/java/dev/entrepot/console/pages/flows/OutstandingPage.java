package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.runs.Outstanding;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of a client is not at its destination because it was rejected, by whichever run.
final class OutstandingPage {
  private static final String TABLE = "outstanding";

  private final Shell shell;
  private final Flows flows;
  private final Clock clock;

  OutstandingPage(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.flows = flows;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/sync/clients/{id}/outstanding",
            "pages.client.outstanding",
            Access.needs(Permission.READ_FLOWS),
            this::show));
  }

  static String path(String client) {
    return "/sync/clients/" + Addresses.encode(client) + "/outstanding";
  }

  /// As one figure of a client.
  static Tile tile(Outstanding outstanding) {
    Tile tile =
        Tile.of("Outstanding", Figures.count(outstanding.total()))
            .note("rejected and not there, of all runs");
    return outstanding.total() == 0 ? tile : tile.tone(Tone.WARN).href(path(outstanding.client()));
  }

  /// In words; nothing when there is none.
  static Optional<Part> message(Outstanding outstanding, String destination) {
    if (outstanding.total() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Part.Message(
            Tone.WARN,
            sentence(outstanding, destination),
            Action.link("Look at them", path(outstanding.client()))));
  }

  /// Such as `25 records of this client are not at kong: 21 rejected by the mapping, 4 by kong.`
  static String sentence(Outstanding outstanding, String destination) {
    List<String> parts = new ArrayList<>();
    if (outstanding.mapping() > 0) {
      parts.add(Figures.count(outstanding.mapping()) + " rejected by the mapping");
    }
    if (outstanding.destination() > 0) {
      parts.add(Figures.count(outstanding.destination()) + " rejected by " + destination);
    }
    if (outstanding.keyless() > 0) {
      parts.add(Figures.count(outstanding.keyless()) + " without a key");
    }
    return "%s of this client %s not at %s: %s."
        .formatted(
            Words.count(outstanding.total(), "record"),
            outstanding.total() == 1 ? "is" : "are",
            destination,
            String.join(", ", parts));
  }

  private Answer show(Exchange exchange) {
    Client client = flows.config().clients().require(exchange.variable("id"));
    String id = client.config().id();
    String destination = client.config().destination().kind();
    Optional<Outstanding.By> by = exchange.choice("by", Outstanding.By.class);
    Outstanding counts = flows.outstanding().of(id);
    dev.entrepot.model.Page<Outstanding.Key> keys =
        flows
            .outstanding()
            .list(id, by.orElse(null), Addresses.cursor(exchange), exchange.pageSize());
    Page page =
        FlowTabs.CLIENTS
            .below("Outstanding")
            .under(client.config().name(), "/sync/clients/" + Addresses.encode(id))
            .lead(
                "Records that were rejected when they came last, and are not at "
                    + destination
                    + ".")
            .action(
                Action.link(
                    "Mapping",
                    Addresses.of(
                        "/sync/mappings/" + Addresses.encode(client.config().mapping()),
                        "client",
                        id)));
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Tiles("How many", tiles(counts, destination)));
    if (counts.total() > 0) {
      parts.add(new Part.Message(Tone.INFO, next(destination), null));
    }
    parts.add(new Part.Filters(path(id), TABLE, List.of(filter(by, destination))));
    parts.add(
        new Part.Table(
            table(keys.items(), destination, clock.instant())
                .paged(Addresses.paging(exchange, keys.items().size(), "record", keys.next()))));
    return shell.show(exchange, page.with(parts));
  }

  private static String next(String destination) {
    return "What the mapping rejected comes again when it is corrected at the source, or when the mapping is changed: then the next run reads everything. What "
        + destination
        + " rejected is sent again by itself.";
  }

  private static List<Tile> tiles(Outstanding counts, String destination) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(tile("By the mapping", counts.mapping()));
    tiles.add(tile("By " + destination, counts.destination()));
    if (counts.keyless() > 0) {
      tiles.add(
          tile("Without a key", counts.keyless())
              .note("counted since everything was read last; in the runs' rejected records"));
    }
    return tiles;
  }

  private static Tile tile(String label, long count) {
    Tile tile = Tile.of(label, Figures.count(count));
    return count == 0 ? tile : tile.tone(Tone.WARN);
  }

  private static Field filter(Optional<Outstanding.By> by, String destination) {
    return Field.select(
            "by",
            "Rejected by",
            List.of(
                new Option("", "All"),
                new Option("mapping", "The mapping"),
                new Option("destination", Words.capitalised(destination))))
        .mandatory()
        .value(by.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(""));
  }

  private static TableView table(List<Outstanding.Key> keys, String destination, Instant now) {
    return TableView.of(
        TABLE,
        "Records that are not at the destination, by key",
        List.of(
            Column.title("Key"),
            Column.text("Rejected by"),
            Column.of("Why", Column.Kind.WIDE),
            Column.text("Since"),
            Column.text("Last tried"),
            Column.text("Comes again")),
        keys.stream().map(key -> row(key, destination, now)).toList(),
        Empty.of(
            Icon.CHECK,
            "Nothing is outstanding",
            "Every record that was read and has a key is at " + destination + "."));
  }

  private static TableView.Row row(Outstanding.Key key, String destination, Instant now) {
    boolean mapping = key.by() == Outstanding.By.MAPPING;
    return TableView.Row.of(
        key.key(),
        Cell.link(key.key(), RunPage.path(key.run()) + "/records/" + key.record()),
        Cell.text(mapping ? "mapping" : destination),
        new Cell.Pair(
            Words.sentence(key.reason()),
            key.code() + (key.tries() > 1 ? ", %d times in a row".formatted(key.tries()) : "")),
        Cell.ago(key.since()),
        Cell.ago(key.at()),
        again(key.due(), now));
  }

  private static Cell again(@Nullable Instant due, Instant now) {
    if (due == null) {
      return Cell.text("when changed");
    }
    return due.isAfter(now) ? Cell.time(due) : Cell.text("with the next run");
  }
}
