package dev.entrepot.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.entrepot.bench.Engine;
import dev.entrepot.bench.GivenDatabase;
import dev.entrepot.bench.Memory;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Entrepot's whole path in a process of its own, with the options the program is started with: the
/// file is kept, read, mapped, checked and loaded, and the books are written.
public final class EntrepotLoad {
  private EntrepotLoad() {}

  /// @param args the folder to keep files in, the file
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    Path file = Path.of(args[1]);
    try (Database database = Database.open(GivenDatabase.ofEnvironment());
        Engine engine = new Engine(database, folder)) {
      engine.start();
      long start = System.nanoTime();
      Upload upload;
      double kept;
      try (InputStream bytes = Files.newInputStream(file)) {
        Uploads.Submission submission =
            new Uploads.Submission(
                Server.VENDOR,
                file.getFileName().toString(),
                Upload.Source.CLI,
                Uploads.Limits.OPERATOR,
                null);
        upload = engine.uploads().submit(Actor.system("bench"), submission, bytes).upload();
        kept = (System.nanoTime() - start) / 1e9;
      }
      upload = engine.uploads().await(upload.id(), Duration.ofHours(1));
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!upload.state().finished() || upload.state() == Upload.State.FAILED) {
        throw new IllegalStateException("the upload did not succeed: " + upload);
      }
      report(upload, seconds, kept);
    }
  }

  private static void report(Upload upload, double seconds, double kept) throws IOException {
    Memory memory = Memory.ofThisProcess();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.println(
        "RESULT "
            + JsonMapper.builder()
                .build()
                .writeValueAsString(
                    Map.of(
                        "seconds",
                        seconds,
                        "kept",
                        kept,
                        "received",
                        upload.books().received(),
                        "rejected",
                        upload.books().rejected(),
                        "cpu",
                        system.getProcessCpuTime() / 1e9,
                        "heapUsedMost",
                        memory.heapUsedMost() >> 20,
                        "heapLimit",
                        Runtime.getRuntime().maxMemory() >> 20,
                        "residentMost",
                        memory.residentMost() >> 20)));
  }
}
