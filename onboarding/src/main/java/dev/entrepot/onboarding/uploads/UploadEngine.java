package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.PastRows;
import dev.entrepot.onboarding.rules.RowCheckers;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Wires the parts that take files in and read them, and runs them in the background from
/// [#start()] until closed.
public final class UploadEngine implements AutoCloseable {
  /// How large a table of keys may be in memory unless told otherwise.
  public static final long KEY_BYTES_IN_MEMORY = SeenKeys.BYTES_IN_MEMORY;

  /// What uploads stand on.
  ///
  /// @param node the name of this node: the same at every start, and no other node's
  /// @param concurrency how many files are read at a time
  /// @param keyBytesInMemory tables of keys that are larger lie in temporary files
  public record Foundations(
      Database database,
      Leases leases,
      Ledger ledger,
      DeadLetters deadLetters,
      ActivityLog activities,
      FileStore files,
      Vendors vendors,
      Catalogue catalogue,
      Mappings mappings,
      RowCheckers checkers,
      UploadListener listener,
      Clock clock,
      String node,
      int concurrency,
      long keyBytesInMemory) {}

  private final UploadWorker worker;
  private final UploadService service;
  private final Cancelling cancelling;
  private final ExecutorService checkers;

  public UploadEngine(Foundations on) {
    UploadStore store = new UploadStore(on.ledger());
    RowPlaces places = new RowPlaces(on.database(), on.files());
    RejectedRows rejectedRows = new RejectedRows(on.deadLetters(), on.mappings());
    Preparation preparation =
        new Preparation(
            on.files(),
            on.catalogue(),
            on.mappings(),
            on.checkers(),
            new ReportEdits(on.database(), store, on.deadLetters(), rejectedRows),
            on.clock());
    checkers =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Thread.ofPlatform().daemon().name("upload-checker-", 1).factory());
    UploadRun.Parts parts =
        new UploadRun.Parts(
            on.database(),
            on.leases(),
            on.ledger(),
            on.deadLetters(),
            store,
            preparation,
            on.listener(),
            checkers,
            on.files().spillFolder(),
            on.keyBytesInMemory());
    FileNodes nodes = new FileNodes(on.database(), on.files(), on.node());
    worker = new UploadWorker(parts, on.vendors(), nodes, on.node(), on.concurrency(), on.clock());
    Intake intake =
        new Intake(
            on.database(), on.vendors(), on.mappings(), on.files(), nodes, store, on.activities());
    ApprovalDesk approvals =
        new ApprovalDesk(
            on.database(),
            on.ledger(),
            on.deadLetters(),
            new ApprovalNews(on.activities(), store, on.listener()),
            preparation);
    cancelling =
        new Cancelling(
            on.database(), on.vendors(), store, on.activities(), approvals, on.listener());
    service =
        new UploadService(
            new UploadService.Parts(
                on.database(),
                on.vendors(),
                on.mappings(),
                on.files(),
                nodes,
                store,
                on.deadLetters(),
                on.activities(),
                intake,
                preparation,
                rejectedRows,
                places,
                new Mending(on.database(), on.deadLetters(), intake, preparation),
                new PendingRows(on.database(), preparation),
                approvals,
                cancelling,
                worker));
  }

  /// The rows of past files, for trying rules on them.
  public static PastRows pastRows(Database database, FileStore files) {
    return new PastUploadRows(database, files);
  }

  public Uploads uploads() {
    return service;
  }

  /// Begins to read what is waiting.
  public void start() {
    worker.start();
    var _ = Thread.ofPlatform().daemon().name("upload-cancelling").start(cancelling::goOn);
  }

  /// Stops reading at the next chunk; what is not finished goes on at the next start.
  @Override
  public void close() {
    worker.close();
    checkers.shutdownNow();
  }
}
