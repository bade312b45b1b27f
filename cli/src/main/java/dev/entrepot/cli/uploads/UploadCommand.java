package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Waiting;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot upload`.
@Command(
    name = "upload",
    description = "Uploads product files of a vendor and shows what became of their rows.",
    footer = {
      "Ends with 0 when every row was accepted, 3 when some were rejected, 4 when a file failed, or one",
      "of several was refused, and with 1 when nothing could be sent. Of several files that are",
      "refused for themselves (too large, empty) the others are sent.",
      "",
      "Examples:",
      "  entrepot upload spring.csv --vendor NORDIC --errors-to to-mend.csv",
      "  entrepot upload *.csv --vendor NORDIC",
      "  curl -s https://example.com/feed.csv | entrepot upload - --vendor NORDIC --file-name feed.csv",
      "  entrepot upload spring.xlsx --vendor NORDIC --no-wait -o json"
    })
public final class UploadCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "CSV (any delimiter, also .gz) or XLSX; - for standard input.")
  private List<Path> files = List.of();

  @Option(
      names = {"-v", "--vendor"},
      required = true,
      paramLabel = "CODE",
      description = "Whose products these are.")
  private String vendor = "";

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "A mapping as JSON, used instead of the vendor's own or the suggested one.")
  private @Nullable Path mapping;

  @Option(
      names = "--file-name",
      paramLabel = "NAME",
      description = "What to call standard input. Default: standard-input")
  private String fileName = "standard-input";

  @Mixin private final Waiting waiting = new Waiting();

  @Option(
      names = "--errors-to",
      paramLabel = "FILE",
      description = "Writes the rejected rows to this .csv or .xlsx, ready to be mended and sent.")
  private @Nullable Path errorsTo;

  public UploadCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    require();
    return session.ask(this::upload).code();
  }

  private ExitCode upload(Api api) throws IOException {
    UploadRun run = new UploadRun(api, session.terminal());
    List<JsonNode> uploads = new ArrayList<>();
    List<JsonNode> refused = new ArrayList<>();
    ExitCode worst = ExitCode.OK;
    for (int number = 0; number < files.size(); number++) {
      Path file = files.get(number);
      try {
        UploadReport report = new UploadReport(upload(api, run, file, uploads));
        worst = worst.worse(report.exitCode());
      } catch (ApiException refusal) {
        if (files.size() == 1) {
          throw refusal;
        }
        if (!ofTheFile(refusal)) {
          tellUndone(number);
          printDocument(uploads, refused);
          throw refusal;
        }
        refused.add(refusal(file, refusal));
        worst = worst.worse(ExitCode.UPLOAD_FAILED);
      }
    }
    printDocument(uploads, refused);
    return worst;
  }

  private JsonNode upload(Api api, UploadRun run, Path file, List<JsonNode> uploads)
      throws IOException {
    JsonNode upload = run.send(FileToSend.of(file, fileName, session.terminal()), vendor, mapping);
    if (waiting.asked()) {
      upload = run.await(upload);
    }
    uploads.add(upload);
    if (!session.options().json()) {
      new UploadReport(upload).lines().forEach(session.terminal()::print);
    }
    if (errorsTo != null && waiting.asked()) {
      writeErrors(api, upload, errorsTo);
    }
    return upload;
  }

  /// Whether the next file may fare better: it is the file that is refused, not the vendor or the
  /// key.
  private static boolean ofTheFile(ApiException refusal) {
    JsonNode problem = refusal.problem();
    return refusal.kind() == ApiException.Kind.REFUSED
        && problem != null
        && problem.path("errors").path(0).path("field").asString("").equals("file");
  }

  private JsonNode refusal(Path file, ApiException refusal) {
    session.terminal().note("\"" + file + "\" was not uploaded: " + refusal.getMessage());
    return Api.object()
        .put("file_name", String.valueOf(file.getFileName()))
        .put("message", refusal.getMessage());
  }

  /// Says which files are left when one ends the command.
  private void tellUndone(int from) {
    session
        .terminal()
        .note(
            "not done: "
                + files.subList(from, files.size()).stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(", "))
                + "; send them again once what follows is mended: no file counts twice");
  }

  private void writeErrors(Api api, JsonNode upload, Path target) throws IOException {
    if (new ErrorFile(api).write(upload, target)) {
      session.terminal().note("rejected rows written to " + target);
    }
  }

  /// One file gives its upload, several a list of them, and a list of those that were refused; in
  /// words several give a sum.
  private void printDocument(List<JsonNode> uploads, List<JsonNode> refused) {
    if (!session.options().json()) {
      if (files.size() > 1) {
        new UploadSum(uploads, refused.size()).lines().forEach(session.terminal()::print);
      }
      return;
    }
    if (files.size() == 1) {
      session.printJson(uploads.getFirst());
      return;
    }
    ObjectNode document = Api.object();
    ArrayNode items = document.putArray("items");
    uploads.forEach(items::add);
    ArrayNode others = document.putArray("refused");
    refused.forEach(others::add);
    session.printJson(document);
  }

  private void require() {
    for (Path file : files) {
      if (!FileToSend.isStandardInput(file) && !Files.isReadable(file)) {
        throw new CommandException(
            ExitCode.USAGE,
            "\""
                + file
                + "\" "
                + (Files.exists(file) ? "cannot be read" : "does not exist")
                + "; nothing was uploaded");
      }
      if (Files.isDirectory(file)) {
        throw new CommandException(
            ExitCode.USAGE, "\"" + file + "\" is a folder; name its files, for example *.csv");
      }
    }
    if (errorsTo != null) {
      ErrorFile.format(errorsTo);
      if (files.size() > 1) {
        throw new CommandException(
            ExitCode.USAGE,
            "--errors-to takes one file's rejected rows; upload the files one by one, or use:"
                + " entrepot uploads errors ID");
      }
    }
  }
}
