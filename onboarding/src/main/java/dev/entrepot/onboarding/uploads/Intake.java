package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.tabular.TabularFile;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorableText;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes files in: checks that the vendor may send them, keeps them durably, queues them.
final class Intake {
  private static final int LONGEST_NAME = 255;

  private final Database database;
  private final Vendors vendors;
  private final Mappings mappings;
  private final FileStore files;
  private final FileNodes nodes;
  private final UploadStore uploads;
  private final ActivityLog activities;

  Intake(
      Database database,
      Vendors vendors,
      Mappings mappings,
      FileStore files,
      FileNodes nodes,
      UploadStore uploads,
      ActivityLog activities) {
    this.database = database;
    this.vendors = vendors;
    this.mappings = mappings;
    this.files = files;
    this.nodes = nodes;
    this.uploads = uploads;
    this.activities = activities;
  }

  /// Refuses a file before it comes.
  ///
  /// @param bytes how long it is at least
  void announce(String vendorCode, Uploads.Limits limits, long bytes) {
    mostBytes(active(vendorCode), limits).require(bytes);
    files.requireRoom(bytes);
  }

  private static FileStore.MostBytes mostBytes(Vendor vendor, Uploads.Limits limits) {
    return switch (limits) {
      case SUPPLIER ->
          new FileStore.MostBytes(vendor.limits().errorFileBytes(), vendor.limits().fileBytes());
      case OPERATOR -> FileStore.MostBytes.UNBOUNDED;
    };
  }

  /// What is larger than other files may be must be an error file.
  private static void requireSize(
      FileStore.Received file, String fileName, FileStore.MostBytes most) {
    if (file.file().bytes() > most.ofOtherFiles() && !isErrorFile(file.path(), fileName)) {
      throw most.refusal();
    }
  }

  private static boolean isErrorFile(Path file, String fileName) {
    try {
      return TabularFile.inspect(file, fileName, Limits.ofSupplier().withMaxBytes(Long.MAX_VALUE))
          .layout()
          .errorReport();
    } catch (TabularException e) {
      return false;
    }
  }

  Uploads.Receipt submit(Actor actor, Uploads.Submission submission, InputStream bytes)
      throws IOException {
    Vendor vendor = active(submission.vendor());
    Mapping mapping = submission.mapping();
    FileStore.MostBytes most = mostBytes(vendor, submission.limits());
    try (FileStore.Received file = files.receive(bytes, most)) {
      if (file.file().bytes() == 0) {
        throw new OnboardingException(
            OnboardingException.Code.INVALID,
            "file",
            "the file \"" + name(submission.fileName()) + "\" is empty; choose another");
      }
      requireSize(file, submission.fileName(), most);
      return queue(
          actor,
          new UploadStore.NewUpload(
              vendor.code(),
              name(submission.fileName()),
              file.file(),
              submission.source(),
              actor.reference(),
              submission.limits(),
              null,
              mapping == null ? null : mappings.toJson(mapping),
              null,
              null),
          file);
    }
  }

  /// Queues mended rows of an upload.
  ///
  /// @param rows their numbers in it
  Uploads.Receipt mend(
      Actor actor, Upload parent, List<Long> rows, InputStream bytes, @Nullable String mapping)
      throws IOException {
    active(parent.vendor());
    try (FileStore.Received file = files.receive(bytes, FileStore.MostBytes.UNBOUNDED)) {
      return queue(
          actor,
          successor(actor, parent, Upload.Source.MENDED, file.file(), mapping, rows, null),
          file);
    }
  }

  /// Queues the file of an upload once more.
  ///
  /// @param sheet which one of a workbook; null: the first that serves
  Uploads.Receipt repeat(
      Actor actor,
      Upload parent,
      FileStore.Kept file,
      @Nullable String mapping,
      @Nullable Integer sheet) {
    active(parent.vendor());
    return queue(
        actor, successor(actor, parent, Upload.Source.RERUN, file, mapping, null, sheet), null);
  }

  private UploadStore.NewUpload successor(
      Actor actor,
      Upload parent,
      Upload.Source source,
      FileStore.Kept file,
      @Nullable String mapping,
      @Nullable List<Long> mended,
      @Nullable Integer sheet) {
    Uploads.Limits limits =
        database
            .read(connection -> uploads.row(connection, parent.id()))
            .map(UploadRow::limits)
            .orElse(Uploads.Limits.SUPPLIER);
    return new UploadStore.NewUpload(
        parent.vendor(),
        parent.fileName(),
        file,
        source,
        actor.reference(),
        limits,
        parent.id(),
        mapping,
        mended,
        sheet);
  }

  private Vendor active(String code) {
    return active(vendors.find(code), code);
  }

  private static Vendor active(Optional<Vendor> found, String code) {
    Vendor vendor =
        found.orElseThrow(() ->
            new OnboardingException(
                OnboardingException.Code.NOT_FOUND,
                "vendor",
                "there is no vendor \"" + code + "\"; check the code"));
    if (vendor.status() != VendorStatus.ACTIVE) {
      throw new OnboardingException(
          OnboardingException.Code.VENDOR_REFUSED,
          "vendor",
          "the vendor "
              + vendor.code()
              + " is "
              + UploadStore.lower(vendor.status())
              + " and may not upload; ask an operator to make it active");
    }
    return vendor;
  }

  /// The last part of a path, without characters that no text may hold.
  static String name(String fileName) {
    String last =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    String storable = StorableText.repair(last).replaceAll("\\p{Cntrl}", "").strip();
    String name = storable.isEmpty() ? "upload" : storable;
    return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
  }

  /// @param file kept in the transaction that queues the upload; null: it is kept already
  private Uploads.Receipt queue(
      Actor actor, UploadStore.NewUpload upload, FileStore.@Nullable Received file) {
    try {
      return database.write(transaction -> queue(transaction, actor, upload, file));
    } catch (StorageException e) {
      if (e.code() != StorageException.Code.CONFLICT) {
        throw e;
      }
      return database.write(transaction -> queue(transaction, actor, upload, file));
    }
  }

  /// The upload that did the same already; those of one file come one after the other.
  ///
  /// @throws OnboardingException CONFLICT when another one is busy with the same rows
  private Optional<UUID> before(Connection transaction, UploadStore.NewUpload upload) {
    SameFiles.lock(transaction, upload);
    UUID parent = upload.parent();
    if (parent == null) {
      return SameFiles.whole(transaction, upload.vendor(), upload.file().hash());
    }
    List<Long> mended = upload.mended();
    return mended == null
        ? undecided(transaction, parent)
        : SameFiles.mended(transaction, parent, upload.file().hash(), mended);
  }

  private Optional<UUID> undecided(Connection transaction, UUID parent) {
    uploads
        .row(transaction, parent)
        .flatMap(row -> SameFiles.undecided(transaction, row))
        .ifPresent(other -> {
          throw new OnboardingException(
              OnboardingException.Code.CONFLICT,
              "upload "
                  + other
                  + " of the same file is still being read or has rows that wait for approval;"
                  + " approve or decline them, then run the file again");
        });
    return Optional.empty();
  }

  private Uploads.Receipt queue(
      Connection transaction,
      Actor actor,
      UploadStore.NewUpload upload,
      FileStore.@Nullable Received file) {
    boolean limited = upload.limits() == Uploads.Limits.SUPPLIER;
    if (limited) {
      Quota.lock(transaction, upload.vendor());
    }
    Optional<UUID> same = before(transaction, upload);
    if (same.isPresent()) {
      return new Uploads.Receipt(uploads.find(transaction, same.get()).orElseThrow(), true);
    }
    // A second connection could be one that waits for this one.
    Vendor vendor = active(vendors.find(transaction, upload.vendor()), upload.vendor());
    if (limited && upload.parent() == null) {
      Quota.requireUpload(transaction, vendor);
    } else if (limited) {
      Quota.requireSuccessor(transaction, vendor);
    }
    if (file != null) {
      nodes.enter(transaction);
      file.keep();
    }
    UUID id = uploads.insert(transaction, upload);
    activities.record(
        transaction,
        actor,
        "upload.submit",
        "upload/" + id,
        Map.of(
            "vendor", upload.vendor(),
            "file", upload.fileName(),
            "bytes", upload.file().bytes(),
            "source", UploadStore.lower(upload.source())));
    return new Uploads.Receipt(uploads.find(transaction, id).orElseThrow(), false);
  }
}
