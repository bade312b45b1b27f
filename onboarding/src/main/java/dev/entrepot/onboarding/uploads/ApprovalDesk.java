package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Outcome;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Accepted rows that wait for an operator: approved ones go to the catalogue, declined ones become
/// dead letters. What can no longer be applied (a key was taken meanwhile) becomes a dead letter,
/// too.
final class ApprovalDesk {
  private static final int BATCH = 5_000;
  private static final long MOST_HELD_BYTES = 8_000_000;
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

  private record Proposal(
      long record, long line, CandidateJson.Waiting waiting, List<String> payload) {}

  Page<Uploads.PendingRow> page(UUID upload, @Nullable String cursor, int size) {
    long after = cursor == null ? 0 : new Cursor(cursor).int8();
    List<Uploads.PendingRow> rows =
        database.read(connection ->
            Sql.of(
                    """
                    select * from proposal where batch_id = ? and record > ? and state = 'pending'
                    order by record limit ?
                    """)
                .with(upload, after, size + 1)
                .list(
                    connection,
                    row ->
                        new Uploads.PendingRow(
                            row.int8("record"),
                            row.int8("line"),
                            CandidateValues.of(CandidateJson.read(row.json("product")).candidate()),
                            row.text("state"),
                            row.textOrNull("reason"))));
    boolean more = rows.size() > size;
    List<Uploads.PendingRow> shown = more ? rows.subList(0, size) : rows;
    return new Page<>(shown, more ? Long.toString(shown.getLast().number()) : null);
  }

  /// @throws OnboardingException CONFLICT when the upload was cancelled
  Uploads.Decision approve(
      Actor actor, UploadRow upload, Vendor vendor, @Nullable List<Long> rows, Duration atMost) {
    RunPlan plan = preparation.checks(upload, vendor).plan();
    return inSteps(
        upload, vendor, rows, atMost, number -> approveSome(actor, upload, plan, rows, number));
  }

  /// Takes step after step until one finds nothing to decide, or the time is up.
  ///
  /// @param step takes the step of a number, from 0
  private Uploads.Decision inSteps(
      UploadRow upload,
      Vendor vendor,
      @Nullable List<Long> rows,
      Duration atMost,
      IntFunction<Uploads.Decision> step) {
    long start = System.nanoTime();
    long approved = 0;
    long declined = 0;
    long refused = 0;
    for (int number = 0; ; number++) {
      Uploads.Decision taken = step.apply(number);
      approved += taken.approved();
      declined += taken.declined();
      refused += taken.refused();
      if (taken.approved() + taken.declined() + taken.refused() == 0) {
        return new Uploads.Decision(approved, declined, refused, 0);
      }
      if (System.nanoTime() - start >= atMost.toNanos()) {
        int steps = number + 1;
        long left = database.write(transaction -> stop(transaction, upload, vendor, rows, steps));
        return new Uploads.Decision(approved, declined, refused, left);
      }
    }
  }

  private long stop(
      Connection transaction,
      UploadRow upload,
      Vendor vendor,
      @Nullable List<Long> rows,
      int steps) {
    news.end(transaction, vendor, upload.id(), steps);
    Long[] wanted = rows == null ? null : rows.toArray(Long[]::new);
    return Sql.of(
            """
            select count(*) as n from proposal
            where batch_id = ? and state = 'pending' and (?::bigint[] is null or record = any(?))
            """)
        .with(upload.id(), wanted, wanted)
        .one(transaction, row -> row.int8("n"));
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

  private Uploads.Decision approveSome(
      Actor actor, UploadRow upload, RunPlan plan, @Nullable List<Long> rows, int step) {
    for (int conflicts = 0; ; conflicts++) {
      try {
        return database.write(transaction -> apply(transaction, actor, upload, plan, rows, step));
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

  private Uploads.Decision apply(
      Connection transaction,
      Actor actor,
      UploadRow upload,
      RunPlan plan,
      @Nullable List<Long> rows,
      int step) {
    List<Proposal> proposals = lock(transaction, upload.id(), rows);
    requireWanted(transaction, upload.id());
    if (proposals.isEmpty()) {
      news.end(transaction, plan.vendor(), upload.id(), step);
      return new Uploads.Decision(0, 0, 0, 0);
    }
    ApprovedProducts approved =
        new ApprovedProducts(
            transaction,
            plan,
            SameFiles.others(transaction, upload, upload.header()),
            proposals.stream().map(proposal -> proposal.waiting.candidate()).toList());
    List<Decided> decided = new ArrayList<>();
    Map<Long, Outcome> outcomes = new TreeMap<>();
    List<DeadLetter> refused = new ArrayList<>();
    for (Proposal proposal : proposals) {
      Problem problem = approved.add(proposal.record, proposal.line, proposal.waiting);
      if (problem == null) {
        outcomes.put(proposal.record, approved.outcome());
        decided.add(new Decided(proposal.record, "approved", null));
      } else {
        outcomes.put(proposal.record, Outcome.REJECTED);
        refused.add(letter(upload.id(), proposal, problem));
        decided.add(new Decided(proposal.record, "refused", problem.message()));
      }
    }
    decide(transaction, upload.id(), decided, actor);
    approved.write();
    deadLetters.keep(transaction, refused);
    ledger.move(transaction, upload.id(), Outcome.PENDING, outcomes);
    news.approved(transaction, actor, upload.id(), proposals.size(), refused.size());
    news.tell(transaction, plan.vendor(), upload.id(), step);
    return new Uploads.Decision(proposals.size() - refused.size(), 0, refused.size(), 0);
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
    return inSteps(
        upload,
        vendor,
        rows,
        atMost,
        number ->
            database.write(transaction -> {
              List<Proposal> proposals = lock(transaction, upload.id(), rows);
              if (proposals.isEmpty()) {
                news.end(transaction, vendor, upload.id(), number);
              } else {
                decline(transaction, actor, upload.id(), proposals, reason);
                news.tell(transaction, vendor, upload.id(), number);
              }
              return new Uploads.Decision(0, proposals.size(), 0, 0);
            }));
  }

  private void decline(
      Connection transaction, Actor actor, UUID upload, List<Proposal> proposals, String reason) {
    Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (Proposal proposal : proposals) {
      outcomes.put(proposal.record, Outcome.REJECTED);
      letters.add(
          letter(
              upload, proposal, new Problem("DECLINED", null, "declined: " + reason, null, null)));
    }
    decide(
        transaction,
        upload,
        proposals.stream()
            .map(proposal -> new Decided(proposal.record, "declined", reason))
            .toList(),
        actor);
    deadLetters.keep(transaction, letters);
    ledger.move(transaction, upload, Outcome.PENDING, outcomes);
    news.declined(transaction, actor, upload, proposals.size(), reason);
  }

  /// The next rows that wait: one at least if there is any, and no more than are well held in
  /// memory.
  private static List<Proposal> lock(
      Connection transaction, UUID upload, @Nullable List<Long> rows) {
    // Decisions take turns: beside another one, rows that it has decided meanwhile would be all
    // that is seen, and none of those that are left.
    Sql.of("select id from upload where id = ? for no key update")
        .with(upload)
        .first(transaction, row -> row.uuid("id"));
    Long[] wanted = rows == null ? null : rows.toArray(Long[]::new);
    return Sql.of(
            """
            select * from proposal
            where batch_id = ? and state = 'pending' and (?::bigint[] is null or record = any(?))
              and record <= (
                select max(record) from (
                  select record, row_number() over (order by record) as n,
                    sum(octet_length(product::text) + octet_length(payload::text))
                      over (order by record) as held
                  from (
                    select record, product, payload from proposal
                    where batch_id = ? and state = 'pending'
                      and (?::bigint[] is null or record = any(?))
                    order by record limit ?) wanted) counted
                where n = 1 or held <= ?)
            order by record for update
            """)
        .with(upload, wanted, wanted, upload, wanted, wanted, BATCH, MOST_HELD_BYTES)
        .list(transaction, ApprovalDesk::proposal);
  }

  private static Proposal proposal(Row row) {
    return new Proposal(
        row.int8("record"),
        row.int8("line"),
        CandidateJson.read(row.json("product")),
        row.textArray("payload").stream()
            .map(cell -> Objects.requireNonNullElse(cell, ""))
            .toList());
  }

  /// What was decided on a row.
  private record Decided(long record, String state, @Nullable String reason) {}

  private static void decide(
      Connection transaction, UUID upload, List<Decided> decided, Actor actor) {
    if (decided.isEmpty()) {
      return;
    }
    int count =
        Sql.of(
                """
                update proposal p
                set state = d.state, decided_by = ?, decided_at = now(),
                    reason = nullif(d.reason, '')
                from unnest(?::bigint[], ?::text[], ?::text[]) d (record, state, reason)
                where p.batch_id = ? and p.record = d.record and p.state = 'pending'
                """)
            .with(
                actor.reference(),
                decided.stream().map(Decided::record).toArray(Long[]::new),
                decided.stream().map(Decided::state).toArray(String[]::new),
                decided.stream()
                    .map(one -> Objects.requireNonNullElse(one.reason, ""))
                    .toArray(String[]::new),
                upload)
            .update(transaction);
    if (count != decided.size()) {
      throw new IllegalStateException(
          "of %d rows of upload %s that waited %d are decided"
              .formatted(decided.size(), upload, count));
    }
  }

  private static DeadLetter letter(UUID upload, Proposal proposal, Problem problem) {
    Candidate candidate = proposal.waiting.candidate();
    return DeadLetter.open(
        upload,
        proposal.record,
        proposal.line,
        candidate.vendorProductId(),
        candidate.sku(),
        problem.code(),
        problem.message(),
        ProblemJson.write(List.of(problem)),
        proposal.payload,
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
