package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import dev.entrepot.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Reads and maps a page on a thread of its own while the one before it is settled. To be used by
/// one thread.
final class ReadAhead implements AutoCloseable {
  private final RunSession session;
  private final RecordSource source;
  private final Extract extract;
  private @Nullable Thread thread;
  private @Nullable FutureTask<ReadPage> reading;

  ReadAhead(RunSession session, RecordSource source, Extract extract) {
    this.session = session;
    this.source = source;
    this.extract = extract;
  }

  /// Begins to read. The page before must have been awaited.
  ///
  /// @param after where to go on; null: from the beginning
  void start(@Nullable String after) {
    FutureTask<ReadPage> task = new FutureTask<>(() -> read(after));
    reading = task;
    thread =
        Thread.ofVirtual()
            .name("run-" + session.id() + "-read")
            .start(() -> {
              MDC.put(RunAttempt.LOGGED_CLIENT, session.tenant());
              task.run();
            });
  }

  /// The page that was begun with last.
  ///
  /// @throws StorageException of the budget, which is asked before anything is sent
  ReadPage await() throws InterruptedException, RemoteTrouble {
    FutureTask<ReadPage> task = reading;
    if (task == null) {
      throw new IllegalStateException("no page is being read");
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RemoteTrouble trouble -> throw trouble;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// Lets go of a page that nobody waits for, and returns when its thread has ended.
  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        running.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ReadPage read(@Nullable String after) throws InterruptedException, RemoteTrouble {
    Instant began = session.engine().clock().instant();
    long start = System.nanoTime();
    SourcePage page =
        new Asking(session.spec().settings().retry(), "source")
            .answer(() -> source.read(extract, after));
    List<String> texts = page.records().stream().map(Content::text).toList();
    List<MappedRecord> mapped =
        page.records().stream()
            .map(record -> KeyRule.checked(session.spec().mapping().map(record)))
            .toList();
    return new ReadPage(page, texts, mapped, digest(texts), began, start);
  }

  private static String digest(List<String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
