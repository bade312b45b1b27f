package dev.entrepot.bench.crash;

import dev.entrepot.bench.Workplace;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.api.ServerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The program as people run it, `entrepot serve`, driven over its HTTP API. Another thread than
/// the one that asks may kill it.
final class ServedProgram implements Program {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Path dataFolder;
  private final Path log;
  private volatile @Nullable Process process;
  private volatile @Nullable Api api;

  /// @param log gets what the program says
  ServedProgram(Path dataFolder, Path log) {
    this.dataFolder = dataFolder;
    this.log = log;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Workplace.program());
    command.addAll(
        List.of(
            "dev.entrepot.app.Main",
            "serve",
            "--data",
            dataFolder.toString(),
            "--port",
            "0",
            "--log-level",
            "warn"));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    Instant end = Instant.now().plus(PATIENCE);
    while (started.isAlive() && Instant.now().isBefore(end)) {
      Optional<ServerFile> file =
          ServerFile.read(dataFolder).filter(written -> written.process() == started.pid());
      if (file.isPresent()) {
        api = new Api(file.get().address(), file.get().apiKey());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    throw new CrashFailure("the program does not start; see " + log);
  }

  @Override
  public String submit(String vendor, Path file) throws IOException {
    String name = file.getFileName().toString();
    Query query = Query.of("/uploads").with("vendor", vendor).with("file_name", name);
    Api.Content content = new Api.Content(name, () -> open(file), Files.size(file), sent -> {});
    return ask(api -> api.send(query, content)).path("id").stringValue();
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean finished(String upload) throws IOException {
    String state =
        ask(api -> api.get(Query.of("/uploads").segment(upload))).path("state").stringValue();
    return switch (state) {
      case "received", "parsing" -> false;
      case "completed", "partial", "failed" -> true;
      default -> throw new CrashFailure("upload " + upload + " is in the state " + state);
    };
  }

  @Override
  public List<String> audit() throws IOException {
    List<String> findings = new ArrayList<>();
    ask(api -> api.post(Query.of("/audit"), Api.object()))
        .path("findings")
        .forEach(finding -> findings.add(finding.toString()));
    return findings;
  }

  private interface Question {
    JsonNode ask(Api api);
  }

  /// While the database is away the program answers with an error: no answer, either.
  private JsonNode ask(Question question) throws IOException {
    Api now = api;
    if (now == null) {
      throw new IOException("the program is not started");
    }
    try {
      return question.ask(now);
    } catch (ApiException e) {
      switch (e.kind()) {
        case UNREACHABLE, SERVER_FAILED -> throw new IOException(e.getMessage(), e);
        case UNAUTHORISED, NOT_FOUND, CONFLICT, REFUSED ->
            throw new CrashFailure("the program refuses: " + e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public void kill() throws InterruptedException {
    Process now = process;
    if (now != null) {
      now.destroyForcibly().waitFor();
      forget();
    }
  }

  private void forget() {
    Api last = api;
    api = null;
    if (last != null) {
      last.close();
    }
  }

  @Override
  public void close() {
    Process now = process;
    process = null;
    forget();
    if (now == null) {
      return;
    }
    now.destroy();
    try {
      if (!now.waitFor(60, TimeUnit.SECONDS)) {
        now.destroyForcibly();
        throw new CrashFailure("the program does not end when it is told to");
      }
    } catch (InterruptedException e) {
      now.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
