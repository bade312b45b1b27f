package dev.entrepot.flow.runs;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Results of runs on disk, as `{client}/{run}.json`: whole or not at all. Safe for use by many
/// threads.
final class ResultFiles {
  private static final int AT_ONCE = 1_000;

  private final DeadLetters letters;
  private final Path folder;

  ResultFiles(DeadLetters letters, Path folder) {
    this.letters = letters;
    this.folder = folder;
  }

  /// Writes a run's result, all its failures included, in place of an earlier one.
  void write(Run run) throws IOException {
    Path own = Files.createDirectories(folder.resolve(fileName(run.tenant())));
    Path part = Files.createTempFile(own, run.id().toString(), ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(part)) {
        write(run, writer);
      }
      Files.move(
          part,
          own.resolve(run.id() + ".json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(Run run, BufferedWriter writer) throws IOException {
    String text = RunResult.of(run, List.of()).json();
    // The failures are last, so that they need not be held in memory.
    writer.write(text, 0, text.length() - RunResult.EMPTY_END.length());
    String separator = "";
    for (RunResult.Failure failure : new Failures(run.id())) {
      writer.write(separator);
      writer.write("\n    ");
      writer.write(failure.json());
      separator = ",";
    }
    writer.write(separator.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
  }

  /// A client's id as the name of a folder, which leads nowhere else.
  static String fileName(String tenant) {
    String name = tenant.replaceAll("[^A-Za-z0-9._-]", "_");
    return name.startsWith(".") ? "_" + name : name;
  }

  private final class Failures implements Iterable<RunResult.Failure> {
    private final UUID run;

    Failures(UUID run) {
      this.run = run;
    }

    @Override
    public Iterator<RunResult.Failure> iterator() {
      return Stream.iterate(page(0), page -> !page.isEmpty(), page -> page(page.getLast().record()))
          .flatMap(List::stream)
          .map(RunResult.Failure::of)
          .iterator();
    }

    private List<DeadLetter> page(long after) {
      return letters.list(run, null, null, after, AT_ONCE);
    }
  }
}
