package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientRevision;
import dev.entrepot.flow.clients.Clients;
import dev.entrepot.flow.clients.SecretView;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.schedules.SchedulePlan;
import dev.entrepot.flow.schedules.ScheduleState;
import dev.entrepot.model.Books;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be said of a client.
final class ClientParts {
  private final FlowConfig config;
  private final Client client;
  private final Instant now;
  private final Optional<ScheduleState> schedule;
  private final List<SecretView> secrets;

  ClientParts(FlowConfig config, Client client, Instant now) {
    this.config = config;
    this.client = client;
    this.now = now;
    String id = client.config().id();
    this.schedule =
        config.schedules().all().stream().filter(one -> one.tenant().equals(id)).findFirst();
    this.secrets = config.secrets().list(id);
  }

  /// What keeps it from running.
  List<Part> problems() {
    List<Part> parts = new ArrayList<>();
    List<ConfigProblem> found = new ArrayList<>(config.clients().check(client.config()));
    secrets.forEach(
        secret -> found.addAll(secret.problems().stream().filter(ConfigProblem::refuses).toList()));
    for (ConfigProblem problem : found) {
      parts.add(
          new Part.Message(
              problem.refuses() ? Tone.BAD : Tone.WARN, FlowWords.problem(problem), null));
    }
    config
        .accounts()
        .warning(client.config().id())
        .ifPresent(
            warning -> parts.add(new Part.Message(Tone.WARN, Words.sentence(warning), null)));
    for (ClientConfig.Side side : sealed()) {
      if (secrets.stream().noneMatch(secret -> secret.system().equals(side.kind()))) {
        parts.add(
            new Part.Message(
                Tone.BAD,
                "There are no credentials for " + side.kind() + "; give them below.",
                null));
      }
    }
    return parts;
  }

  /// The sides that need credentials.
  private List<ClientConfig.Side> sealed() {
    return Stream.of(client.config().source(), client.config().destination())
        .filter(side -> !config.systems().open(side.kind()))
        .toList();
  }

  List<Tile> tiles(List<Run> runs, Outstanding outstanding) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(next());
    Optional<Run> last = runs.stream().findFirst();
    if (last.isPresent()) {
      Run run = last.get();
      Badge state = FlowWords.state(run);
      tiles.add(
          Tile.of("Last run", state.label())
              .tone(state.tone())
              .href(RunPage.path(run.id()))
              .note(took(run)));
      tiles.add(Tile.of("Read", Figures.count(run.books().received())).note(others(run.books())));
      Tile rejected = Tile.of("Rejected", Figures.count(run.books().rejected()));
      tiles.add(
          run.books().rejected() == 0
              ? rejected
              : rejected
                  .tone(Tone.WARN)
                  .href(RunPage.path(run.id()) + "/records?outcome=rejected"));
      tiles.add(Tile.of("Success", FlowWords.success(run.books())).note("of the last run"));
    } else {
      tiles.add(Tile.of("Last run", "None yet").note("begin with a plan"));
    }
    tiles.add(OutstandingPage.tile(outstanding));
    return tiles;
  }

  /// Such as `incremental, 61 ms, 3 calls`.
  private String took(Run run) {
    String mode = FlowWords.mode(run.mode()).toLowerCase(java.util.Locale.ROOT);
    return run.startedAt() == null || run.state() == RunState.PLANNED
        ? mode
        : "%s, %s, %s"
            .formatted(mode, Figures.duration(run.duration(now)), Words.count(run.calls(), "call"));
  }

  /// What became of all but the rejected ones.
  private static String others(Books books) {
    List<String> parts = new ArrayList<>();
    parts.add(Figures.count(books.written()) + " written");
    parts.add(Figures.count(books.unchanged()) + " unchanged");
    if (books.skipped() > 0) {
      parts.add(Figures.count(books.skipped()) + " skipped");
    }
    if (books.pending() > 0) {
      parts.add(Figures.count(books.pending()) + " pending");
    }
    return String.join(", ", parts);
  }

  /// Why its last run failed.
  static Part failed(Run run) {
    return new Part.Message(
        Tone.BAD,
        "The last run failed"
            + (run.code() == null ? ". " : " (" + run.code() + "). ")
            + Words.sentence(run.reason() == null ? "no reason is known" : run.reason())
            + (run.books().skipped() == 0
                ? ""
                : " %s skipped and %s again with the next run."
                    .formatted(
                        Words.count(run.books().skipped(), "record was", "records were"),
                        run.books().skipped() == 1 ? "comes" : "come")),
        Action.link("That run", RunPage.path(run.id())));
  }

  private Tile next() {
    if (schedule.isEmpty()) {
      return Tile.of("Next run", "By hand").note("no schedule");
    }
    ScheduleState state = schedule.get();
    Instant due = state.next();
    if (!state.active() || due == null) {
      return Tile.of("Next run", "–")
          .note(state.active() ? "it never fires again" : "the client is disabled");
    }
    return Tile.of(
            "Next run",
            due.isBefore(now)
                ? "now"
                : "in " + Figures.duration(java.time.Duration.between(now, due)))
        .note(state.plan().expression());
  }

  List<Fact> facts() {
    ClientConfig shown = client.config();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Client ID", Cell.code(shown.id())));
    facts.add(side("Source", shown.source()));
    facts.add(side("Destination", shown.destination()));
    facts.add(
        new Fact(
            "Mapping",
            Cell.link(
                shown.mapping(),
                Addresses.of(
                    "/sync/mappings/" + Addresses.encode(shown.mapping()), "client", shown.id()))));
    SchedulePlan plan = shown.schedule();
    facts.add(
        new Fact("Schedule", plan == null ? Cell.text("By hand") : Cell.code(plan.expression())));
    if (plan != null) {
      facts.add(
          new Fact(
              "Time zone",
              Cell.text(plan.zone().equals(ZoneOffset.UTC) ? "UTC" : plan.zone().getId())));
      facts.add(new Fact("Missed times", Cell.text(FlowWords.catchUp(plan.catchUp()))));
      schedule.ifPresent(state -> facts.add(new Fact("Next", Cell.time(state.next()))));
    }
    facts.add(
        new Fact(
            "Gone from the source",
            Cell.text(shown.options().deleteMissing() ? "Deleted" : "Kept")));
    Client.ImportedSync imported = client.imported();
    if (imported != null) {
      facts.add(new Fact("Last sync before", Cell.time(imported.at())));
    }
    facts.add(new Fact("Made", Cell.time(client.createdAt())));
    facts.add(new Fact("Changed", Cell.time(client.updatedAt())));
    return facts;
  }

  private static Fact side(String label, ClientConfig.Side side) {
    return new Fact(
        label,
        side.apiUrl().isEmpty()
            ? Cell.text(side.kind())
            : new Cell.Pair(side.kind(), side.apiUrl()));
  }

  /// The credentials, masked, and a way to set them anew.
  Part secrets(Principal principal) {
    List<Part> parts = new ArrayList<>();
    for (SecretView secret : secrets) {
      List<Fact> facts = new ArrayList<>();
      facts.add(new Fact("Secret", Cell.key(secret.name())));
      if (secret.reference() != null) {
        facts.add(new Fact("Kept outside", Cell.code(secret.reference())));
      }
      secret
          .fields()
          .forEach((name, value) -> facts.add(new Fact(Words.of(name), Cell.code(value))));
      facts.add(new Fact("Set", Cell.time(secret.updatedAt())));
      parts.add(new Part.Facts(facts));
    }
    if (principal.may(Permission.MANAGE_FLOWS)) {
      for (ClientConfig.Side side : sealed()) {
        parts.add(new Part.Folded("Set those of " + side.kind(), new Part.Form(form(side))));
      }
    }
    return new Part.Stack(parts);
  }

  private FormView form(ClientConfig.Side side) {
    return FormView.of(
            "secret-" + side.kind(),
            "/sync/clients/" + client.config().id() + "/secrets/" + side.kind(),
            "Set",
            Field.of(Field.Kind.PASSWORD, "value-" + side.kind(), "Credentials of " + side.kind())
                .mandatory()
                .autocomplete("off")
                .help(
                    "The key itself; or JSON like {\"api_key\": \"…\"}, or env:NAME or file:/path"
                        + " that holds it."))
        .plain();
  }

  TableView revisions() {
    List<ClientRevision> revisions = config.clients().revisions(client.config().id());
    List<TableView.Row> rows = new ArrayList<>();
    for (int i = 0; i < revisions.size(); i++) {
      ClientRevision revision = revisions.get(i);
      ClientConfig before = i + 1 < revisions.size() ? revisions.get(i + 1).config() : null;
      ClientConfig after = revision.config();
      String what =
          after == null
              ? "Removed"
              : before == null
                  ? "Made"
                  : "Changed: " + String.join(", ", Clients.changed(before, after));
      rows.add(
          TableView.Row.of(
              Long.toString(revision.revision()),
              Cell.link(
                  Long.toString(revision.revision()),
                  RevisionPages.path(client, revision.revision())),
              Cell.text(what),
              Cell.text(Words.actor(revision.actor())),
              Cell.time(revision.at())));
    }
    return TableView.of(
        "revision-table",
        "Revisions, the newest first",
        List.of(
            Column.title("Revision"),
            Column.of("What", Column.Kind.WIDE),
            Column.text("By"),
            Column.text("At")),
        rows,
        Empty.of(Icon.CLOCK, "No revision", ""));
  }
}
