package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.Attempts;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Outcome;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Accepted rows that wait for an operator: approved ones go to the catalogue, declined ones become
/// dead letters. What can no longer be applied (a key was taken meanwhile) becomes a dead letter,
/// too.
final class ApprovalDesk {
  private static final int MOST_CONFLICTS = 20;

  private final Database database;
  private final Ledger ledger;
  private final DeadLetters deadLetters;
  private final ApprovalNews news;
  private final Preparation preparation;

  ApprovalDesk(
      Database database,
      Ledger ledger,
      DeadLetters deadLetters,
      ApprovalNews news,
      Preparation preparation) {
    this.database = database;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.news = news;
    this.preparation = preparation;
  }

  /// @param older rows that were left as they are
  private record Step(long approved, long declined, long refused, long older) {
    static final Step NONE = new Step(0, 0, 0, 0);

    long decided() {
      return approved + declined + refused;
    }

    Step plus(Step next) {
      return new Step(
          approved + next.approved,
          declined + next.declined,
          refused + next.refused,
          older + next.older);
    }
  }

  /// @throws OnboardingException CONFLICT when the upload was cancelled
  Uploads.Decision approve(
      Actor actor,
      UploadRow upload,
      Vendor vendor,
      @Nullable List<Long> rows,
      Uploads.OlderRows older,
      Duration atMost) {
    RunPlan plan = preparation.checks(upload, vendor).plan();
    Proposals.Wanted wanted = new Proposals.Wanted(upload.id(), rows, older);
    return inSteps(
        vendor, wanted, atMost, number -> approveSome(actor, upload, plan, wanted, number));
  }

  /// Takes step after step until one finds nothing to decide, or the time is up.
  ///
  /// @param step takes the next step, told how many before it decided something
  private Uploads.Decision inSteps(
      Vendor vendor, Proposals.Wanted wanted, Duration atMost, IntFunction<Step> step) {
    long start = System.nanoTime();
    Step all = Step.NONE;
    int deciding = 0;
    while (true) {
      Step taken = step.apply(deciding);
      if (taken.equals(Step.NONE)) {
        return result(all, 0, database.write(transaction -> Proposals.left(transaction, wanted)));
      }
      all = all.plus(taken);
      deciding += taken.decided() > 0 ? 1 : 0;
      if (System.nanoTime() - start >= atMost.toNanos()) {
        int steps = deciding;
        Proposals.Left left =
            database.write(transaction -> {
              news.end(transaction, vendor, wanted.upload(), steps);
              return Proposals.left(transaction, wanted);
            });
        return result(all, left.rows(), left);
      }
    }
  }

  private static Uploads.Decision result(Step all, long rows, Proposals.Left left) {
    return new Uploads.Decision(
        all.approved, all.declined, all.refused, rows, left.older(), left.newer());
  }

  /// Rows of a cancelled upload are declined, if not at once.
  private static void requireWanted(Connection transaction, UUID upload) {
    boolean cancelled =
        Sql.of("select id from upload where id = ? and failure_code = ?")
            .with(upload, Upload.CANCELLED)
            .first(transaction, row -> row.uuid("id"))
            .isPresent();
    if (cancelled) {
      throw new OnboardingException(
          OnboardingException.Code.CONFLICT,
          "upload " + upload + " was cancelled, so its rows are not approved; decline them");
    }
  }

  private Step approveSome(
      Actor actor, UploadRow upload, RunPlan plan, Proposals.Wanted wanted, int deciding) {
    for (int conflicts = 0; ; conflicts++) {
      try {
        return database.write(
            transaction -> apply(transaction, actor, upload, plan, wanted, deciding));
      } catch (StorageException e) {
        boolean passing =
            e.code() == StorageException.Code.CONFLICT
                || e.code() == StorageException.Code.SERIALIZATION;
        if (!passing || conflicts == MOST_CONFLICTS) {
          throw e;
        }
      }
    }
  }

  private Step apply(
      Connection transaction,
      Actor actor,
      UploadRow upload,
      RunPlan plan,
      Proposals.Wanted wanted,
      int deciding) {
    List<Proposals.Proposal> proposals = Proposals.lock(transaction, wanted);
    requireWanted(transaction, upload.id());
    if (proposals.isEmpty()) {
      news.end(transaction, plan.vendor(), upload.id(), deciding);
      return Step.NONE;
    }
    ApprovedProducts approved =
        new ApprovedProducts(
            transaction,
            plan,
            SameFiles.others(transaction, upload, upload.header(), upload.sheet()),
            proposals.stream().map(proposal -> proposal.waiting().candidate()).toList(),
            wanted.older());
    List<Proposals.Decided> decided = new ArrayList<>();
    Map<Long, Outcome> outcomes = new TreeMap<>();
    List<DeadLetter> refused = new ArrayList<>();
    Map<Long, UUID> older = new TreeMap<>();
    for (Proposals.Proposal proposal : proposals) {
      switch (approved.add(proposal.record(), proposal.line(), proposal.waiting())) {
        case ApprovedProducts.Fate.Applied(Outcome outcome) -> {
          outcomes.put(proposal.record(), outcome);
          decided.add(new Proposals.Decided(proposal.record(), "approved", null));
        }
        case ApprovedProducts.Fate.Refused(Problem problem) -> {
          outcomes.put(proposal.record(), Outcome.REJECTED);
          refused.add(letter(upload.id(), proposal, problem));
          decided.add(new Proposals.Decided(proposal.record(), "refused", problem.message()));
        }
        case ApprovedProducts.Fate.Older(UUID newer) -> older.put(proposal.record(), newer);
      }
    }
    Proposals.leave(transaction, upload.id(), older);
    Proposals.decide(transaction, upload.id(), decided, actor);
    approved.write();
    reject(transaction, upload.id(), refused);
    ledger.move(transaction, upload.id(), Outcome.PENDING, outcomes);
    if (!decided.isEmpty()) {
      news.approved(transaction, actor, upload.id(), decided.size(), refused.size());
      news.tell(transaction, plan.vendor(), upload.id(), deciding);
    }
    return new Step(decided.size() - refused.size(), 0, refused.size(), older.size());
  }

  Uploads.Decision decline(
      Actor actor,
      UploadRow upload,
      Vendor vendor,
      @Nullable List<Long> rows,
      String reason,
      Duration atMost) {
    if (reason.isBlank()) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "reason",
          "say why the rows are declined: the supplier reads it");
    }
    Proposals.Wanted wanted = new Proposals.Wanted(upload.id(), rows, Uploads.OlderRows.APPLY);
    return inSteps(
        vendor,
        wanted,
        atMost,
        deciding ->
            database.write(transaction -> {
              List<Proposals.Proposal> proposals = Proposals.lock(transaction, wanted);
              if (proposals.isEmpty()) {
                news.end(transaction, vendor, upload.id(), deciding);
              } else {
                decline(transaction, actor, upload.id(), proposals, reason);
                news.tell(transaction, vendor, upload.id(), deciding);
              }
              return new Step(0, proposals.size(), 0, 0);
            }));
  }

  private void decline(
      Connection transaction,
      Actor actor,
      UUID upload,
      List<Proposals.Proposal> proposals,
      String reason) {
    Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (Proposals.Proposal proposal : proposals) {
      outcomes.put(proposal.record(), Outcome.REJECTED);
      letters.add(
          letter(
              upload, proposal, new Problem("DECLINED", null, "declined: " + reason, null, null)));
    }
    Proposals.decide(
        transaction,
        upload,
        proposals.stream()
            .map(proposal -> new Proposals.Decided(proposal.record(), "declined", reason))
            .toList(),
        actor);
    reject(transaction, upload, letters);
    ledger.move(transaction, upload, Outcome.PENDING, outcomes);
    news.declined(transaction, actor, upload, proposals.size(), reason);
  }

  /// Keeps rows that are rejected after all: they mended nothing.
  private void reject(Connection transaction, UUID upload, List<DeadLetter> letters) {
    deadLetters.keep(transaction, letters);
    Attempts.takeBack(transaction, upload, letters.stream().map(DeadLetter::record).toList());
  }

  private static DeadLetter letter(UUID upload, Proposals.Proposal proposal, Problem problem) {
    Candidate candidate = proposal.waiting().candidate();
    return DeadLetter.open(
        upload,
        proposal.record(),
        proposal.line(),
        candidate.vendorProductId(),
        candidate.sku(),
        problem.code(),
        problem.message(),
        ProblemJson.write(List.of(problem)),
        proposal.payload(),
        true);
  }

  static Problem taken(RuleCode code, Field field, String value) {
    return new Problem(
        code.name(),
        field,
        "the " + field.column() + " \"" + value + "\" was taken while the row waited for approval",
        value,
        null);
  }
}
