package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.Attempts;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.storage.CopyIn;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Applies a judged chunk: products, history, dead letters, warnings, proposals, books and
/// checkpoint, all in the caller's transaction.
final class ChunkWriter {
  private final RunPlan plan;
  private final List<UUID> sameFile;
  private final Ledger ledger;
  private final DeadLetters deadLetters;
  private final ProductWriter products;

  /// @param sameFile the other uploads of the same bytes: what this one accepts is mended in them
  ChunkWriter(RunPlan plan, List<UUID> sameFile, Ledger ledger, DeadLetters deadLetters) {
    this.plan = plan;
    this.sameFile = List.copyOf(sameFile);
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.products = new ProductWriter(plan);
  }

  /// @throws dev.entrepot.storage.StorageException CONFLICT when a key was taken meanwhile: roll
  ///   back, look the keys up again and repeat
  void write(Connection transaction, CheckedChunk chunk, Judged judged) {
    List<Verdict.Create> creates = new ArrayList<>();
    List<Verdict.Update> updates = new ArrayList<>();
    List<Verdict.Unchanged> unchanged = new ArrayList<>();
    List<Verdict.Propose> proposals = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (Verdict verdict : judged.verdicts()) {
      switch (verdict) {
        case Verdict.Create create -> creates.add(create);
        case Verdict.Update update -> updates.add(update);
        case Verdict.Unchanged same -> unchanged.add(same);
        case Verdict.Propose propose -> proposals.add(propose);
        case Verdict.Reject reject -> letters.add(letter(reject));
        case Verdict.Skip _ -> {}
      }
    }
    products.create(transaction, creates);
    products.update(transaction, updates);
    products.history(transaction, updates, unchanged);
    propose(transaction, proposals);
    deadLetters.keep(transaction, letters);
    warn(transaction, judged.warnings());
    Attempts.settle(
        transaction,
        plan.upload(),
        attempts(transaction, chunk, judged),
        letters.stream().map(DeadLetter::record).collect(Collectors.toSet()),
        plan.actor());
    ledger.settle(transaction, plan.upload(), chunk.firstRecord(), judged.outcomes());
    Sql.of(
            """
            update upload set checkpoint = ?, warnings = warnings + ?, attempts = 0 where id = ?
            """)
        .with(chunk.lastRecord(), (long) judged.warnings().size(), plan.upload())
        .updateOne(transaction);
  }

  private DeadLetter letter(Verdict.Reject reject) {
    Problem first = reject.problems().getFirst();
    return DeadLetter.open(
        plan.upload(),
        reject.number(),
        reject.line(),
        reject.vendorProductId() == null ? null : StorableText.repair(reject.vendorProductId()),
        reject.sku() == null ? null : StorableText.repair(reject.sku()),
        first.code(),
        StorableText.repair(first.message()),
        ProblemJson.write(reject.problems()),
        reject.payload().stream().map(StorableText::repair).toList(),
        reject.readable());
  }

  private void propose(Connection transaction, List<Verdict.Propose> proposals) {
    if (proposals.isEmpty()) {
      return;
    }
    List<String> columns =
        List.of("batch_id", "record", "line", "vendor", "sku", "product", "payload");
    try (CopyIn copy = CopyIn.into(transaction, "proposal", columns)) {
      for (Verdict.Propose proposal : proposals) {
        copy.row();
        copy.uuid(plan.upload());
        copy.int8(proposal.number());
        copy.int8(proposal.line());
        copy.text(plan.vendor().code());
        copy.text(proposal.candidate().sku());
        copy.jsonb(CandidateJson.write(proposal, plan.mapped()));
        copy.textArray(proposal.payload());
      }
      copy.finish();
    }
  }

  private void warn(Connection transaction, List<Judged.RowWarning> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    List<String> columns =
        List.of("batch_id", "record", "line", "number", "code", "field", "message");
    try (CopyIn copy = CopyIn.into(transaction, "upload_warning", columns)) {
      long record = -1;
      int number = 0;
      for (Judged.RowWarning warning : warnings) {
        number = warning.number() == record ? number + 1 : 1;
        record = warning.number();
        copy.row();
        copy.uuid(plan.upload());
        copy.int8(warning.number());
        copy.int8(warning.line());
        copy.int4(number);
        copy.text(warning.code());
        copy.text(warning.field());
        copy.text(StorableText.repair(warning.message()));
      }
      copy.finish();
    }
  }

  /// The rows of the chunk that stand for earlier ones.
  private List<Attempts.Attempt> attempts(
      Connection transaction, CheckedChunk chunk, Judged judged) {
    List<Attempts.Attempt> attempts = new ArrayList<>();
    if (!sameFile.isEmpty()) {
      attempts.addAll(
          Attempts.ofSame(transaction, sameFile, chunk.firstRecord(), chunk.lastRecord()));
    }
    judged
        .origins()
        .forEach((number, origin) ->
            RowReference.parse(origin)
                .ifPresent(reference ->
                    attempts.add(
                        new Attempts.Attempt(reference.upload(), reference.row(), number))));
    Set<UUID> mine = mine(transaction, attempts);
    return attempts.stream().filter(attempt -> mine.contains(attempt.batch())).toList();
  }

  private Set<UUID> mine(Connection transaction, List<Attempts.Attempt> attempts) {
    return attempts.isEmpty()
        ? Set.of()
        : Set.copyOf(
            Sql.of("select id from upload where vendor = ? and id = any(?)")
                .with(
                    plan.vendor().code(),
                    attempts.stream().map(Attempts.Attempt::batch).distinct().toArray(UUID[]::new))
                .list(transaction, row -> row.uuid("id")));
  }
}
