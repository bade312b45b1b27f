package dev.entrepot.bench.crash;

import dev.entrepot.bench.Engine;
import dev.entrepot.ledger.Audit;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.UploadAudit;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Collectors;

/// Onboarding without HTTP around it, as a process: takes commands line by line and ends with its
/// input.
final class EngineProgram {
  private EngineProgram() {}

  /// @param args the data folder
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (Database database = Database.open(DatabaseConfig.parse(null, folder))) {
      database.migrate();
      Audit audit = new Audit(database, UploadAudit.checks());
      try (Engine engine = new Engine(database, folder);
          BufferedReader input =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        engine.start();
        answer("READY");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
          answer(obeyed(engine.uploads(), audit, line.split("\t", -1)));
        }
      }
    }
  }

  /// To a pipe, so that nothing is held back.
  private static void answer(String line) {
    System.out.println(line.replace('\n', ' '));
    System.out.flush();
  }

  private static String obeyed(Uploads uploads, Audit audit, String[] words) throws IOException {
    try {
      return switch (words[0]) {
        case "submit" -> "OK\t" + submit(uploads, words[1], Path.of(words[2]));
        case "finished" ->
            "OK\t" + uploads.find(UUID.fromString(words[1])).orElseThrow().state().finished();
        case "audit" ->
            "OK\t"
                + audit.run().findings().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining("\t"));
        default -> "FAILED\tunknown command " + words[0];
      };
    } catch (RuntimeException e) {
      return "FAILED\t" + e;
    }
  }

  private static UUID submit(Uploads uploads, String vendor, Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      Uploads.Submission submission =
          new Uploads.Submission(
              vendor,
              file.getFileName().toString(),
              Upload.Source.API,
              Uploads.Limits.OPERATOR,
              null);
      return uploads.submit(Actor.system("crash-test"), submission, bytes).upload().id();
    }
  }
}
