package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
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
  private final UploadStore uploads;
  private final ActivityLog activities;

  Intake(
      Database database,
      Vendors vendors,
      Mappings mappings,
      FileStore files,
      UploadStore uploads,
      ActivityLog activities) {
    this.database = database;
    this.vendors = vendors;
    this.mappings = mappings;
    this.files = files;
    this.uploads = uploads;
    this.activities = activities;
  }

  Uploads.Receipt submit(Actor actor, Uploads.Submission submission, InputStream bytes)
      throws IOException {
    Vendor vendor = active(submission.vendor());
    boolean limited = submission.limits() == Uploads.Limits.SUPPLIER;
    FileStore.Kept file = files.keep(bytes, limited ? vendor.limits().fileBytes() : Long.MAX_VALUE);
    if (file.bytes() == 0) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "file",
          "the file \"" + name(submission.fileName()) + "\" is empty; choose another");
    }
    Mapping mapping = submission.mapping();
    return queue(
        actor,
        new UploadStore.NewUpload(
            vendor.code(),
            name(submission.fileName()),
            file,
            submission.source(),
            actor.reference(),
            submission.limits(),
            null,
            mapping == null ? null : mappings.toJson(mapping)));
  }

  /// Queues a file that was kept before: mended rows, or the same file once more.
  Uploads.Receipt repeat(
      Actor actor,
      Upload parent,
      Upload.Source source,
      String fileName,
      FileStore.Kept file,
      @Nullable String mapping) {
    active(parent.vendor());
    Uploads.Limits limits =
        database
            .read(connection -> uploads.row(connection, parent.id()))
            .map(UploadRow::limits)
            .orElse(Uploads.Limits.SUPPLIER);
    return queue(
        actor,
        new UploadStore.NewUpload(
            parent.vendor(),
            name(fileName),
            file,
            source,
            actor.reference(),
            limits,
            parent.id(),
            mapping));
  }

  private Vendor active(String code) {
    Vendor vendor =
        vendors
            .find(code)
            .orElseThrow(() ->
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

  private Uploads.Receipt queue(Actor actor, UploadStore.NewUpload upload) {
    try {
      return database.write(transaction -> queue(transaction, actor, upload));
    } catch (StorageException e) {
      if (e.code() != StorageException.Code.CONFLICT) {
        throw e;
      }
      return database.write(transaction -> queue(transaction, actor, upload));
    }
  }

  private Uploads.Receipt queue(Connection transaction, Actor actor, UploadStore.NewUpload upload) {
    if (upload.parent() == null) {
      Optional<UUID> same = uploads.sameBytes(transaction, upload.vendor(), upload.file().hash());
      if (same.isPresent()) {
        return new Uploads.Receipt(uploads.find(transaction, same.get()).orElseThrow(), true);
      }
    }
    if (upload.limits() == Uploads.Limits.SUPPLIER) {
      checkQuota(transaction, upload.vendor());
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

  private void checkQuota(Connection transaction, String vendorCode) {
    UploadLimits limits = vendors.find(vendorCode).orElseThrow().limits();
    record Used(long uploads, long rows) {}
    Used used =
        Sql.of(
                """
                select count(*) uploads, coalesce(sum(b.received), 0)::bigint n
                from upload u join batch b on b.id = u.id
                where u.vendor = ? and u.received_at > now() - interval '24 hours'
                  and u.limits = 'supplier'
                """)
            .with(vendorCode)
            .one(transaction, row -> new Used(row.int8("uploads"), row.int8("n")));
    if (used.uploads >= limits.uploadsPerDay()) {
      throw new OnboardingException(
          OnboardingException.Code.LIMIT_EXCEEDED,
          "vendor "
              + vendorCode
              + " has sent "
              + used.uploads
              + " files in the last 24 hours, as"
              + " many as it may; send the rest tomorrow, or ask for a higher limit");
    }
    if (used.rows >= limits.rowsPerDay()) {
      throw new OnboardingException(
          OnboardingException.Code.LIMIT_EXCEEDED,
          "vendor "
              + vendorCode
              + " has sent "
              + used.rows
              + " rows in the last 24 hours; its limit"
              + " is "
              + limits.rowsPerDay()
              + "; send the rest tomorrow, or ask for a higher limit");
    }
  }
}
