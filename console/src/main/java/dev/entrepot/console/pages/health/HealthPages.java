package dev.entrepot.console.pages.health;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseStatus;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether the program is well: the database, the memory, what is under way.
public final class HealthPages {
  private final Shell shell;
  private final Database database;
  private final Uploads uploads;
  private final String version;
  private final Clock clock;
  private final Instant started;

  /// @param version of the program
  public HealthPages(Shell shell, Database database, Uploads uploads, String version, Clock clock) {
    this.shell = shell;
    this.database = database;
    this.uploads = uploads;
    this.version = version;
    this.clock = clock;
    this.started = clock.instant();
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/health", "pages.health", Access.needs(Permission.READ_LEDGER), this::show));
  }

  private Answer show(Exchange exchange) {
    List<Part> parts = new ArrayList<>();
    try {
      long began = System.nanoTime();
      DatabaseStatus status = database.status();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      parts.add(new Part.Tiles("How it is", tiles(took)));
      parts.add(
          Part.columns(
              Part.panel("database", "Database", new Part.Facts(facts(status))),
              Part.panel("program", "Program", new Part.Facts(program()))));
    } catch (StorageException e) {
      parts.add(
          new Part.Message(
              Tone.BAD,
              "The database does not answer: " + e.getMessage() + ".",
              Action.link("Try again", "/health")));
    }
    return shell.show(
        exchange,
        Page.of("Health")
            .lead("How this node is at the moment. Programs ask /api/v1/health/ready.")
            .with(parts));
  }

  private List<Tile> tiles(Duration took) {
    Instant now = clock.instant();
    Uploads.Figures figures = uploads.figures(null, now);
    return List.of(
        Tile.of("Database", "Answers").note("in " + Figures.duration(took)).tone(Tone.GOOD),
        Tile.of("Files being read", Figures.count(figures.running())).note("or waiting for it"),
        Tile.of("Waiting for approval", Figures.count(figures.waitingForApproval())).note("rows"),
        Tile.of("Running for", Figures.duration(Duration.between(started, now))));
  }

  private static List<Fact> facts(DatabaseStatus status) {
    return List.of(
        new Fact("PostgreSQL", Cell.text(status.serverVersion())),
        new Fact("Kind", Cell.text(status.embedded() ? "Started by Entrepot" : "Given by URL")),
        new Fact("Address", Cell.code(status.address())),
        new Fact("Folder", Cell.code(status.folder() == null ? null : status.folder().toString())),
        new Fact("Schema", Cell.text(status.schemaVersion())));
  }

  private List<Fact> program() {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        new Fact("Version", Cell.text(version)),
        new Fact("Java", Cell.text(Runtime.version().toString())),
        new Fact(
            "Memory in use",
            new Cell.Figure(
                Figures.bytes(runtime.totalMemory() - runtime.freeMemory())
                    + " of at most "
                    + Figures.bytes(runtime.maxMemory()))),
        new Fact("Processors", Cell.text(Words.count(runtime.availableProcessors(), "processor"))));
  }
}
