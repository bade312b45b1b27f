package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Progress;
import dev.entrepot.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sends a file and follows it to its verdict, showing how far it is.
public final class UploadRun {
  private static final long WORTH_A_BAR = 5_000_000;
  private static final int FRUITLESS_LISTENS = 3;

  private final Api api;
  private final Terminal terminal;

  public UploadRun(Api api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  /// Sends a file.
  ///
  /// @param mapping a file with a mapping as JSON, or null
  /// @return the upload, as it is right after it was received
  JsonNode send(FileToSend file, String vendor, @Nullable Path mapping) throws IOException {
    Query query =
        Query.of("/uploads")
            .with("vendor", vendor)
            .with("file_name", file.name())
            .with("source", "cli");
    if (file.bytes() < WORTH_A_BAR) {
      return send(query, file, mapping, sent -> {});
    }
    try (Progress progress =
        new Progress(terminal, "sending " + file.name(), file.bytes(), "MB", 1_000_000)) {
      return send(query, file, mapping, sent -> progress.at(sent, file.bytes()));
    }
  }

  private JsonNode send(Query query, FileToSend file, @Nullable Path mapping, LongConsumer sent)
      throws IOException {
    Api.Content content = new Api.Content(file.name(), file.content(), file.bytes(), sent);
    return mapping == null
        ? api.send(query, content)
        : api.send(query, "mapping", Files.readString(mapping).strip(), content);
  }

  /// Sends a file that lies here, and follows it to its verdict.
  public JsonNode sendAndAwait(Path file, String vendor) throws IOException {
    return await(send(FileToSend.of(file, "", terminal), vendor, null));
  }

  /// Follows an upload to its verdict.
  public JsonNode await(JsonNode received) {
    String id = Values.text(received, "id");
    boolean known = received.path("already_known").asBoolean(false);
    Query upload = Query.of("/uploads").segment(id);
    JsonNode now = received;
    if (new UploadReport(now).finished()) {
      return now;
    }
    int fruitless = 0;
    try (Progress progress =
        new Progress(terminal, "checking " + Values.text(received, "file_name"), -1, "rows", 1)) {
      while (!new UploadReport(now).finished()) {
        boolean heard = listen(Query.of("/uploads").segment(id).segment("events"), progress);
        now = api.get(upload);
        fruitless = heard ? 0 : fruitless + 1;
        if (fruitless == FRUITLESS_LISTENS && !new UploadReport(now).finished()) {
          throw new CommandException(
              ExitCode.FAILED,
              "the server says nothing about upload "
                  + id
                  + "; it goes on without this command: entrepot uploads show "
                  + id);
        }
      }
    }
    // The verdict shows when an upload was a repetition; only the answer to the sending knows.
    if (known && now instanceof tools.jackson.databind.node.ObjectNode verdict) {
      verdict.put("already_known", true);
    }
    return now;
  }

  /// @return whether there was any event
  private boolean listen(Query events, Progress progress) {
    boolean[] heard = {false};
    api.listen(
        events,
        event -> {
          heard[0] = true;
          progress.at(
              Values.number(event, "books", "received"), Values.number(event, "estimated_rows"));
          return !new UploadReport(event).finished();
        });
    return heard[0];
  }
}
