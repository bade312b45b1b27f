package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.storage.StorageException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies chunks in their order, each in a transaction of its own. A chunk that the database does
/// not take is halved until the guilty row is alone; that row is rejected, the others are applied.
final class ChunkApplier {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkApplier.class);
  private static final int MOST_CONFLICTS = 20;

  private final HeldUpload upload;
  private final String vendor;
  private final CatalogueKeys keys;
  private final CandidateMaker candidates;
  private final ChunkJudge judge;
  private final List<UUID> sameFile;
  private final ChunkWriter writer;

  /// @param sameFile the other uploads of the same bytes
  ChunkApplier(
      HeldUpload upload,
      RunPlan plan,
      CatalogueKeys keys,
      List<UUID> sameFile,
      ChunkWriter writer) {
    this.upload = upload;
    this.vendor = plan.vendor().code();
    this.keys = keys;
    this.candidates = new CandidateMaker(plan, keys);
    this.judge = new ChunkJudge(plan, candidates);
    this.sameFile = List.copyOf(sameFile);
    this.writer = writer;
  }

  /// @throws FileFailure when a row can be neither applied nor rejected
  /// @throws StorageException when the database does not do its part
  void apply(CheckedChunk chunk) {
    candidates.forgetSlugs();
    apply(chunk, keys.held() ? keys : null);
  }

  private void apply(CheckedChunk chunk, @Nullable CatalogueKeys trusted) {
    try {
      write(chunk, trusted);
    } catch (HeavyChunkException e) {
      LOG.debug("upload {}: {}", upload.id(), e.getMessage());
      for (CheckedChunk half : chunk.halves()) {
        apply(half, trusted);
      }
    } catch (StorageException e) {
      if (!ofARow(e)) {
        throw e;
      }
      if (chunk.entries().size() == 1) {
        refuse(chunk, e);
        return;
      }
      LOG.info(
          "upload {}: rows {} to {} are not taken together ({}); trying the halves",
          upload.id(),
          chunk.firstRecord(),
          chunk.lastRecord(),
          e.code());
      for (CheckedChunk half : chunk.halves()) {
        apply(half, null);
      }
    }
  }

  /// Whether a value of some row is to blame, so that the other rows may well be taken.
  private static boolean ofARow(StorageException e) {
    return e.code() == StorageException.Code.BAD_VALUE
        || e.code() == StorageException.Code.CONFLICT;
  }

  private void write(CheckedChunk chunk, @Nullable CatalogueKeys known) {
    @Nullable CatalogueKeys trusted = known;
    for (int conflicts = 0; ; conflicts++) {
      try {
        settle(chunk, trusted);
        return;
      } catch (StorageException e) {
        boolean again =
            e.code() == StorageException.Code.CONFLICT
                || e.code() == StorageException.Code.SERIALIZATION;
        if (!again || conflicts == MOST_CONFLICTS) {
          throw e;
        }
        trusted = null;
        LOG.info(
            "upload {}: a key of rows {} to {} was taken meanwhile; looking again",
            upload.id(),
            chunk.firstRecord(),
            chunk.lastRecord());
      }
    }
  }

  private void settle(CheckedChunk chunk, @Nullable CatalogueKeys trusted) {
    upload.settle(transaction -> {
      KnownProducts known =
          KnownProducts.load(
              transaction,
              vendor,
              chunk,
              trusted,
              trusted == null ? candidates.givenSlugs() : List.of());
      SameRows same = SameRows.find(transaction, vendor, sameFile, chunk);
      Judged judged = judge.judge(chunk, known, same);
      writer.write(
          transaction,
          chunk,
          judged.warning(LikelyDuplicates.find(transaction, vendor, judged.namesakes())));
    });
  }

  private void refuse(CheckedChunk single, StorageException cause) {
    CheckedChunk.Entry entry = single.entries().getFirst();
    Row row = entry.row();
    String reason = reason(cause);
    LOG.warn("upload {}: row {} is rejected: {}", upload.id(), row.number(), cause.getMessage());
    try {
      upload.settle(transaction ->
          writer.write(
              transaction,
              single,
              new Judged(List.of(rejection(entry, reason)), List.of(), List.of(), Map.of())));
    } catch (StorageException e) {
      if (!ofARow(e)) {
        throw e;
      }
      throw new FileFailure(
          RuleCode.NOT_STORABLE.name(),
          "row "
              + row.number()
              + " can be neither applied nor kept: "
              + reason
              + ". The rows before it stand; take the row out and send the file again",
          row.line());
    }
  }

  private static Verdict.Reject rejection(CheckedChunk.Entry entry, String reason) {
    Problem problem = new Problem(RuleCode.NOT_STORABLE.name(), null, reason, null, null);
    CheckedRow checked = entry.checked();
    MappedRow mapped = checked == null ? null : checked.row();
    return switch (entry.row()) {
      case Row.Cells cells ->
          new Verdict.Reject(
              cells.number(),
              cells.line(),
              mapped == null ? null : mapped.value(Field.VENDOR_PRODUCT_ID),
              mapped == null ? null : mapped.value(Field.SKU),
              List.of(problem),
              cells.values(),
              true);
      case Row.Unreadable unreadable ->
          new Verdict.Reject(
              unreadable.number(),
              unreadable.line(),
              null,
              null,
              List.of(problem),
              List.of(unreadable.raw()),
              false);
    };
  }

  private static String reason(StorageException cause) {
    String state =
        cause.getCause() instanceof SQLException sql && sql.getSQLState() != null
            ? " (" + sql.getSQLState() + ")"
            : "";
    return cause.code() == StorageException.Code.CONFLICT
        ? "the row's keys were taken by others again and again while it was applied; send it again"
        : "the database cannot hold a value of this row"
            + state
            + "; look for one that is far too long or too large, mend it and send the row again";
  }
}
