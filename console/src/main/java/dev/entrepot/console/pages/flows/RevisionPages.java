package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Change;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientRevision;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.MappingRevision;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.flow.workspace.Differences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What clients and mappings were like, what each change changed, and the way back.
final class RevisionPages {
  private static final String CLIENT = "/sync/clients/{id}/revisions/{revision}";
  private static final String MAPPING = "/sync/mappings/{name}/revisions/{revision}";

  /// A revision of either.
  ///
  /// @param tree null: it was removed
  private record Kept(
      long revision, @Nullable Map<String, @Nullable Object> tree, String actor, Instant at) {}

  private final Shell shell;
  private final FlowConfig config;

  RevisionPages(Shell shell, Flows flows) {
    this.shell = shell;
    this.config = flows.config();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(CLIENT, "pages.client.revision", read, this::client),
        Route.post(CLIENT, "pages.client.restore", manage, this::restoreClient).taking(Body.form()),
        Route.get(MAPPING, "pages.flow.mapping.revision", read, this::mapping),
        Route.post(MAPPING, "pages.flow.mapping.restore", manage, this::restoreMapping)
            .taking(Body.form()));
  }

  static String path(Client client, long revision) {
    return "/sync/clients/%s/revisions/%d".formatted(client.config().id(), revision);
  }

  static String path(StoredMapping mapping, long revision) {
    return "/sync/mappings/%s/revisions/%d".formatted(Addresses.encode(mapping.name()), revision);
  }

  private List<Kept> revisions(Client client) {
    return config.clients().revisions(client.config().id()).stream()
        .map(RevisionPages::kept)
        .toList();
  }

  private static Kept kept(ClientRevision one) {
    return new Kept(
        one.revision(),
        one.config() == null ? null : ClientTree.of(one.config()),
        one.actor(),
        one.at());
  }

  private List<Kept> revisions(StoredMapping mapping) {
    return config.mappings().revisions(mapping.name()).stream().map(RevisionPages::kept).toList();
  }

  private static Kept kept(MappingRevision one) {
    return new Kept(one.revision(), one.tree(), one.actor(), one.at());
  }

  private Answer client(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    List<Kept> all = revisions(client);
    Page page =
        FlowTabs.CLIENTS
            .below("Revision " + number(exchange))
            .under(client.config().name(), "/sync/clients/" + client.config().id());
    return shell.show(
        exchange,
        page.with(
            parts(exchange, all, required(exchange, all), client.revision(), "The client's runs")));
  }

  private Answer mapping(Exchange exchange) {
    StoredMapping mapping = config.mappings().require(exchange.variable("name"));
    List<Kept> all = revisions(mapping);
    Page page =
        FlowTabs.MAPPINGS
            .below("Revision " + number(exchange))
            .under(mapping.name(), "/sync/mappings/" + Addresses.encode(mapping.name()));
    return shell.show(
        exchange,
        page.with(
            parts(
                exchange,
                all,
                required(exchange, all),
                mapping.revision(),
                "The next runs of its clients")));
  }

  private static long number(Exchange exchange) {
    return exchange.number("revision");
  }

  private static Kept required(Exchange exchange, List<Kept> all) {
    long number = number(exchange);
    return all.stream()
        .filter(one -> one.revision() == number)
        .findFirst()
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no revision %d; look at the list of revisions".formatted(number)));
  }

  /// @param current the revision that holds now
  /// @param affected what goes by it once it is gone back to
  private static List<Part> parts(
      Exchange exchange, List<Kept> all, Kept shown, long current, String affected) {
    int place = all.indexOf(shown);
    Kept before = place + 1 < all.size() ? all.get(place + 1) : null;
    Kept now = all.getFirst();
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part.Facts(
            List.of(
                new Fact("By", Cell.text(Words.actor(shown.actor()))),
                new Fact("At", Cell.time(shown.at())),
                new Fact(
                    "In use",
                    Cell.text(
                        shown.revision() == current
                            ? "yes"
                            : "no, revision " + current + " is")))));
    Map<String, @Nullable Object> tree = shown.tree();
    if (tree == null) {
      parts.add(new Part.Text("It was removed here."));
      return parts;
    }
    parts.add(
        before == null || before.tree() == null
            ? Part.panel("changed", "What it changed", new Part.Text("This is the first revision."))
            : Part.panel(
                "changed",
                "What it changed, against revision " + before.revision(),
                differences(before.tree(), tree)));
    if (shown.revision() != current) {
      parts.add(
          Part.panel(
              "against-now", "What going back to it would change", differences(now.tree(), tree)));
    }
    parts.add(
        new Part.Folded(
            "All of it", new Part.Lines("Revision", Documents.lines(ConfigTree.yaml(tree)), true)));
    if (shown.revision() != current && exchange.principal().may(Permission.MANAGE_FLOWS)) {
      parts.add(
          new Part.Form(
              FormView.of("restore", exchange.path(), "Go back to this revision")
                  .hidden("current", Long.toString(current))
                  .confirm(
                      "Go back to revision %d? It becomes a revision of its own. %s go by it."
                          .formatted(shown.revision(), affected))));
    }
    return parts;
  }

  private static Part differences(
      @Nullable Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    List<Change> changes =
        Differences.of(before, after).stream()
            .map(one -> new Change(one.place(), one.before(), one.after()))
            .toList();
    return changes.isEmpty()
        ? new Part.Text("Nothing.")
        : new Part.Changes("Values that differ", changes);
  }

  private Answer restoreClient(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    long wanted = number(exchange);
    long current = Read.whole(exchange.form(), "current");
    return restored(
        "/sync/clients/" + client.config().id(),
        () -> {
          ClientRevision kept =
              config.clients().revisions(client.config().id()).stream()
                  .filter(one -> one.revision() == wanted)
                  .findFirst()
                  .orElseThrow(() -> gone(wanted));
          if (kept.config() == null) {
            throw gone(wanted);
          }
          return config
              .clients()
              .update(exchange.principal().actor(), kept.config(), current)
              .revision();
        });
  }

  private Answer restoreMapping(Exchange exchange) {
    StoredMapping mapping = config.mappings().require(exchange.variable("name"));
    Map<String, @Nullable Object> tree = required(exchange, revisions(mapping)).tree();
    long current = Read.whole(exchange.form(), "current");
    return restored(
        "/sync/mappings/" + Addresses.encode(mapping.name()),
        () -> {
          if (tree == null) {
            throw gone(number(exchange));
          }
          return config
              .mappings()
              .update(exchange.principal().actor(), mapping.name(), ConfigTree.of(tree), current)
              .revision();
        });
  }

  private static ProblemException gone(long revision) {
    return ProblemException.notFound(
        "revision %d holds nothing to go back to; choose another".formatted(revision));
  }

  private Answer restored(String page, Supplier<Long> work) {
    return switch (Refusal.attempt(work)) {
      case Attempt.Done<Long>(Long revision) ->
          shell.done(page, "Restored, as revision %d.".formatted(revision));
      case Attempt.Refused<Long>(Refusal refusal) ->
          shell.told(page, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
