package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one upload from its checkpoint to its end and applies it chunk by chunk. Whatever dies on
/// the way, another run goes on behind the last settled chunk.
final class UploadRun {
  private static final Logger LOG = LoggerFactory.getLogger(UploadRun.class);

  /// What a run works with.
  record Parts(
      Database database,
      Leases leases,
      Ledger ledger,
      DeadLetters deadLetters,
      UploadStore uploads,
      Preparation preparation,
      UploadListener listener,
      ExecutorService checkers,
      Path spillFolder,
      long keyBytesInMemory) {

    FileKeys fileKeys() {
      return new FileKeys(spillFolder, keyBytesInMemory);
    }

    CatalogueKeys catalogueKeys() {
      return new CatalogueKeys(spillFolder, keyBytesInMemory);
    }
  }

  private final Parts parts;
  private final UploadRow upload;
  private final Vendor vendor;
  private final HeldUpload held;

  UploadRun(Parts parts, UploadRow upload, Vendor vendor, Lease lease) {
    this.parts = parts;
    this.upload = upload;
    this.vendor = vendor;
    this.held =
        new HeldUpload(parts.database(), parts.leases(), parts.uploads(), upload.id(), lease);
  }

  /// Runs to the end of the file.
  ///
  /// @throws StorageException when the database does not do its part: what was settled stands,
  ///   another run goes on
  /// @throws UploadEndedException when somebody ended the upload meanwhile
  void run() throws InterruptedException {
    try {
      requireActive();
      Preparation.Ready ready = parts.preparation().prepare(upload, vendor);
      held.settle(transaction -> begin(transaction, ready.beginning()));
      LOG.info(
          "upload {} of {} begins behind row {}: {}",
          upload.id(),
          vendor.code(),
          upload.checkpoint(),
          upload.fileName());
      apply(ready);
      finish(null, ready);
    } catch (FileFailure e) {
      requireGoingOn();
      finish(e.failure(), null);
    } catch (TabularException e) {
      requireGoingOn();
      finish(Preparation.failure(e).failure(), null);
    }
  }

  /// A file that an interrupted thread cannot read has no fault.
  private static void requireGoingOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the program stops");
    }
  }

  /// A vendor may have been suspended since it sent the file. What is begun is brought to its end.
  private void requireActive() {
    if (vendor.status() != VendorStatus.ACTIVE && upload.checkpoint() == 0) {
      throw new FileFailure(
          OnboardingException.Code.VENDOR_REFUSED.name(),
          "the vendor %s is %s since the file was sent; once it is active, run the file again"
              .formatted(vendor.code(), UploadStore.lower(vendor.status())),
          null);
    }
  }

  /// Gives the upload up: what was settled stands, nothing more is read.
  void fail(Upload.Failure failure) {
    finish(failure, null);
  }

  private void begin(Connection transaction, UploadStore.Beginning beginning) {
    Long rows = beginning.estimatedRows();
    // A supplier's file was read through, so its rows are counted, not guessed.
    if (upload.limits() == Uploads.Limits.SUPPLIER && upload.checkpoint() == 0 && rows != null) {
      Quota.requireRows(transaction, vendor, upload.id(), rows);
    }
    parts.uploads().begin(transaction, upload.id(), beginning);
  }

  private void apply(Preparation.Ready ready) throws InterruptedException {
    try (SourceRows rows = ready.source().rows();
        FileKeys fileKeys = parts.fileKeys();
        CatalogueKeys catalogueKeys = parts.catalogueKeys()) {
      load(catalogueKeys, ready.source().estimatedRows());
      MappingPlan.Cursor cursor = ready.mapping().start();
      skipSettled(rows, cursor, fileKeys);
      UploadStore.Beginning begun = ready.beginning();
      List<UUID> sameFile =
          parts.database().read(c -> SameFiles.others(c, upload, begun.header(), begun.sheet()));
      ChunkApplier chunks =
          new ChunkApplier(
              held,
              ready.plan(),
              catalogueKeys,
              sameFile,
              new ChunkWriter(ready.plan(), sameFile, parts.ledger(), parts.deadLetters()));
      try (ChunkReader reader =
          new ChunkReader(rows, cursor, fileKeys, ready.checker(), parts.checkers())) {
        for (CheckedChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
          chunks.apply(chunk);
        }
      }
    }
  }

  private void load(CatalogueKeys keys, @Nullable Long rows) {
    parts
        .database()
        .write(connection -> {
          keys.read(connection, vendor.code(), rows);
          return keys;
        });
  }

  /// Reads the rows that are settled already, only for their keys.
  private void skipSettled(SourceRows rows, MappingPlan.Cursor cursor, FileKeys fileKeys) {
    for (long number = 0; number < upload.checkpoint(); ) {
      SourceRows.SourceRow next = rows.next();
      if (next == null) {
        throw new IllegalStateException(
            "the file of upload "
                + upload.id()
                + " ends before its checkpoint "
                + upload.checkpoint());
      }
      Row row = Storable.orUnreadable(next.row());
      number = row.number();
      if (row instanceof Row.Cells cells) {
        fileKeys.enter(cursor.apply(cells.values()), (int) cells.line());
      }
    }
  }

  /// @param served what the file was read with to its end
  private void finish(Upload.@Nullable Failure failure, Preparation.@Nullable Ready served) {
    held.settle(transaction -> {
      UUID id = upload.id();
      Upload before = parts.uploads().find(transaction, id).orElseThrow();
      Upload.State state = state(before.books(), failure);
      if (served != null && state != Upload.State.FAILED) {
        parts
            .preparation()
            .remember(transaction, served)
            .ifPresent(mapping -> parts.uploads().mappedBy(transaction, id, mapping));
      }
      parts.uploads().finish(transaction, id, state, failure);
      Upload finished = parts.uploads().find(transaction, id).orElseThrow();
      parts.listener().uploadFinished(transaction, vendor, finished);
      LOG.info("upload {} of {} is {}: {}", id, vendor.code(), state, finished.books());
    });
  }

  private static Upload.State state(Books books, Upload.@Nullable Failure failure) {
    if (failure != null) {
      return Upload.State.FAILED;
    }
    if (books.rejected() == 0) {
      return Upload.State.COMPLETED;
    }
    return books.rejected() == books.received() - books.skipped()
        ? Upload.State.FAILED
        : Upload.State.PARTIAL;
  }
}
