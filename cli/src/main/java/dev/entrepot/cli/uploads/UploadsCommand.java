package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.KnownVendor;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot uploads …`.
@Command(
    name = "uploads",
    description = "Shows past uploads, their rejected rows, and decides what waits for approval.",
    footer = {
      "Examples:",
      "  entrepot uploads list --vendor NORDIC --state partial",
      "  entrepot uploads errors 0198c0de-… --to to-mend.xlsx",
      "  entrepot uploads approve 0198c0de-…"
    })
public final class UploadsCommand {
  private static final String ROWS =
      "Only these rows, by the numbers that a spreadsheet and the pages show.";
  private static final String ID = "The upload's id.";

  private final Session session;

  public UploadsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists uploads, newest first.")
  int list(
      @Option(
              names = {"-v", "--vendor"},
              paramLabel = "CODE",
              description = "Of this vendor.")
          @Nullable String vendor,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "received, parsing, completed, partial or failed.")
          @Nullable String state,
      @Option(names = "--find", paramLabel = "TEXT", description = "Found in the file's name.")
          @Nullable String text,
      @Mixin Extent extent) {
    Query query = Query.of("/uploads").with("vendor", vendor).with("state", state).with("q", text);
    return new Listing()
        .id("UPLOAD", "id")
        .time("RECEIVED", "received_at")
        .text("VENDOR", "vendor")
        .text("STATE", "state")
        .count("ROWS", "books", "received")
        .count("REJECTED", "books", "rejected")
        .below(upload -> List.of(Values.text(upload, "file_name") + pending(upload)))
        .print(
            session,
            extent,
            api -> {
              KnownVendor.require(api, vendor);
              return query;
            },
            "no uploads; send one with: entrepot upload FILE --vendor CODE");
  }

  private static String pending(JsonNode upload) {
    long pending = Values.number(upload, "books", "pending");
    return pending == 0 ? "" : ", " + Values.counted(pending, "row") + " waiting for approval";
  }

  @Command(name = "show", description = "Shows one upload and what became of its rows.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    JsonNode upload = session.ask(api -> api.get(Query.of("/uploads").segment(id)));
    return printVerdict(upload);
  }

  @Command(
      name = "wait",
      description = "Waits for the verdict of an upload; ends like the upload command.")
  int await(@Parameters(paramLabel = "ID", description = ID) String id) {
    JsonNode verdict =
        session.ask(api ->
            new UploadRun(api, session.terminal())
                .await(api.get(Query.of("/uploads").segment(id))));
    printVerdict(verdict);
    return new UploadReport(verdict).exitCode().code();
  }

  @Command(
      name = "errors",
      description = {
        "Gives the rejected rows with their reasons, ready to be mended and sent again.",
        "Without --to, CSV on standard output."
      })
  int errors(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--to", paramLabel = "FILE", description = "A .csv or .xlsx to write.")
          @Nullable Path target) {
    return session.ask(api -> writeErrors(api, id, target)).code();
  }

  private ExitCode writeErrors(Api api, String id, @Nullable Path target)
      throws java.io.IOException {
    ErrorFile errors = new ErrorFile(api);
    if (target == null) {
      errors.download(id, "csv", session.terminal().out());
      return ExitCode.OK;
    }
    ErrorFile.format(target);
    JsonNode upload = api.get(Query.of("/uploads").segment(id));
    boolean any = errors.write(upload, target);
    session
        .terminal()
        .note(
            any
                ? Values.count(upload, "open_errors") + " rejected rows written to " + target
                : "upload " + id + " has no open rejected rows; nothing was written");
    return ExitCode.OK;
  }

  @Command(
      name = "approve",
      description = {
        "Approves rows that wait: all, or some.",
        "Rows whose products were brought by a later upload meanwhile go on waiting.",
        "Ends with 0 then, too; with 1 when a row could not be applied or decided on."
      })
  int approve(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--rows", split = ",", paramLabel = "N", description = ROWS)
          @Nullable List<Long> rows,
      @Option(
              names = "--even-older",
              description = "Also rows that are older than what the catalogue holds.")
          boolean evenOlder) {
    ObjectNode body = Api.object();
    if (evenOlder) {
      body.put("even_older", true);
    }
    return decide(id, "approve", rows, body);
  }

  @Command(name = "decline", description = "Declines rows that wait: all, or some.")
  int decline(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--rows", split = ",", paramLabel = "N", description = ROWS)
          @Nullable List<Long> rows,
      @Option(names = "--reason", required = true, description = "Why; the vendor reads it.")
          String reason) {
    return decide(id, "decline", rows, Api.object().put("reason", reason));
  }

  private int decide(String id, String verb, @Nullable List<Long> rows, ObjectNode body) {
    JsonNode decision =
        session.ask(api -> {
          if (rows != null) {
            ArrayNode places = body.putArray("rows");
            new WaitingRows(api, id).places(rows).forEach(places::add);
          }
          return new RowDecision(api)
              .toTheEnd(
                  id, verb, body, soFar -> session.terminal().note(RowDecision.inWords(soFar)));
        });
    if (session.options().json()) {
      session.printJson(decision);
    } else {
      session.terminal().print(RowDecision.inWords(decision));
      RowDecision.advice(decision, id).forEach(session.terminal()::note);
    }
    // Rows older than the catalogue go on waiting, as told: nothing failed.
    long undone = Values.number(decision, "refused") + Values.number(decision, "left");
    return undone == 0 ? 0 : ExitCode.FAILED.code();
  }

  @Command(
      name = "rerun",
      description = "Reads the same file once more, with the vendor's present mapping and rules.")
  int rerun(@Parameters(paramLabel = "ID", description = ID) String id) {
    JsonNode verdict =
        session.ask(api ->
            new UploadRun(api, session.terminal())
                .await(api.post(Query.of("/uploads").segment(id).segment("rerun"), Api.object())));
    printVerdict(verdict);
    return new UploadReport(verdict).exitCode().code();
  }

  @Command(
      name = "cancel",
      description = {
        "Ends an upload that waits or is being read.",
        "What was applied stands; the rest is not read, and rows that wait for approval are declined."
      })
  int cancel(@Parameters(paramLabel = "ID", description = ID) String id) {
    return printVerdict(session.ask(api -> cancelled(api, id)));
  }

  /// Of very many rows that wait for approval, some are declined in each request.
  private JsonNode cancelled(Api api, String id) {
    Query query = Query.of("/uploads").segment(id).segment("cancel");
    JsonNode upload = api.post(query, Api.object());
    long before = Long.MAX_VALUE;
    long left = Values.number(upload, "books", "pending");
    while (left > 0 && left < before) {
      session.terminal().note("declined rows that wait, left " + left);
      before = left;
      upload = api.post(query, Api.object());
      left = Values.number(upload, "books", "pending");
    }
    return upload;
  }

  private int printVerdict(JsonNode upload) {
    if (session.options().json()) {
      session.printJson(upload);
    } else {
      new UploadReport(upload).lines().forEach(session.terminal()::print);
    }
    return 0;
  }
}
