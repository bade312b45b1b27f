package dev.entrepot.console.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Files on their way out. A report is written to disk at full speed and then sent at the client's:
/// a slow client holds a file, not a connection to the database. Only a few are written at a time.
/// Safe for use by many threads.
public final class Spool {
  private static final int AT_A_TIME = 4;
  private static final String PREFIX = "out-";
  private static final String SUFFIX = ".spool";

  private final Path folder;
  private final Semaphore places = new Semaphore(AT_A_TIME, true);

  /// @param folder made when it does not exist; what an earlier run left there is removed
  public Spool(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Writes a body and answers 200 with it. When the writing fails, the exception is thrown and the
  /// client gets a problem rather than half a file.
  public Answer answer(String type, Answer.Writer body) throws IOException, InterruptedException {
    places.acquire();
    InputStream file;
    long length;
    try {
      Path written = written(body);
      try {
        length = Files.size(written);
        file = Files.newInputStream(written);
      } finally {
        // Open, it stays readable; whatever happens now, nothing is left behind.
        Files.delete(written);
      }
    } finally {
      places.release();
    }
    return new Answer(200, List.of(), new Answer.Stream(type, length, out -> send(file, out)));
  }

  private Path written(Answer.Writer body) throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, PREFIX, SUFFIX);
    boolean complete = false;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
      body.write(out);
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
    return file;
  }

  private static void send(InputStream file, OutputStream out) throws IOException {
    try (file) {
      file.transferTo(out);
    }
  }
}
