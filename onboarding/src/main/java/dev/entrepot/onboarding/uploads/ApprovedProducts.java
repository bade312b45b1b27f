package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Outcome;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.catalogue.Slugs;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Approved rows on their way into the catalogue: looked up again, for time has passed since they
/// were checked. Rows are added one by one and written at once. Not safe for use by many threads.
final class ApprovedProducts {
  private final Connection transaction;
  private final RunPlan plan;
  private final KnownProducts known;
  private final SameRows same;
  private final List<Verdict.Create> creates = new ArrayList<>();
  private final List<Verdict.Update> updates = new ArrayList<>();
  private final List<Verdict.Unchanged> unchanged = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<Long> targets = new HashSet<>();
  private final LaterUploads later;

  /// What becomes of a row.
  sealed interface Fate {
    record Applied(Outcome outcome) implements Fate {}

    /// It cannot be applied any more.
    record Refused(Problem problem) implements Fate {}

    /// It would put an older state of its product back, so it is left as it is.
    ///
    /// @param newer the upload that brought the product meanwhile
    record Older(UUID newer) implements Fate {}
  }

  /// @param sameFile the other uploads of the same bytes
  /// @param candidates all that will be added
  /// @param older whether rows are applied that are older than what the catalogue holds
  ApprovedProducts(
      Connection transaction,
      RunPlan plan,
      List<UUID> sameFile,
      List<Candidate> candidates,
      Uploads.OlderRows older) {
    this.transaction = transaction;
    this.plan = plan;
    this.known = KnownProducts.of(transaction, plan.vendor().code(), candidates);
    this.same = new SameRows(Set.copyOf(sameFile), Map.of(), Map.of(), Map.of());
    this.later =
        switch (older) {
          case WAIT -> LaterUploads.find(transaction, plan.upload(), known.ids());
          case APPLY -> LaterUploads.NONE;
        };
  }

  Fate add(long record, long line, CandidateJson.Waiting waiting) {
    Candidate candidate = waiting.candidate();
    Product bySku = known.bySku(candidate.sku());
    Product byId = known.byVendorProductId(candidate.vendorProductId());
    Product target = bySku != null ? bySku : byId;
    Problem problem = conflict(candidate, bySku, byId, mayChange(waiting, target, record));
    if (problem != null) {
      return new Fate.Refused(problem);
    }
    if (target == null) {
      creates.add(new Verdict.Create(record, line, candidate.withSlug(slug(candidate))));
      return new Fate.Applied(Outcome.WRITTEN);
    }
    List<FieldChange> changes =
        FieldChanges.between(target, candidate, plan.withMapped(waiting.mapped()));
    if (changes.isEmpty()) {
      unchanged.add(new Verdict.Unchanged(record, line, target.id()));
      return new Fate.Applied(Outcome.UNCHANGED);
    }
    UUID newer = later.of(target);
    if (newer != null) {
      return new Fate.Older(newer);
    }
    if (targets.add(target.id())) {
      updates.add(new Verdict.Update(record, line, candidate, target, changes));
      return new Fate.Applied(Outcome.WRITTEN);
    }
    return new Fate.Refused(ApprovalDesk.taken(RuleCode.DUPLICATE_SKU, Field.SKU, candidate.sku()));
  }

  /// Whether the product of a row's keys may be changed: by the policy, or because the same row
  /// made it, before this one was read or since, by an approval in another upload of the same
  /// bytes.
  private boolean mayChange(CandidateJson.Waiting waiting, @Nullable Product target, long record) {
    return plan.vendor().knownKey() == KnownKeyPolicy.UPDATE
        || (target != null && Objects.equals(waiting.product(), target.id()))
        || same.made(target, record);
  }

  private @Nullable Problem conflict(
      Candidate candidate, @Nullable Product bySku, @Nullable Product byId, boolean mayChange) {
    boolean mine = bySku == null || bySku.vendor().equals(plan.vendor().code());
    if (!keys.add("sku " + candidate.sku()) || !mine || (bySku != null && !mayChange)) {
      return ApprovalDesk.taken(RuleCode.DUPLICATE_SKU, Field.SKU, candidate.sku());
    }
    boolean other = bySku != null && byId != null && bySku.id() != byId.id();
    if (!keys.add("id " + candidate.vendorProductId()) || other || (byId != null && !mayChange)) {
      return ApprovalDesk.taken(
          RuleCode.DUPLICATE_VENDOR_PRODUCT_ID,
          Field.VENDOR_PRODUCT_ID,
          candidate.vendorProductId());
    }
    return null;
  }

  private String slug(Candidate candidate) {
    String base = Slugs.slug(candidate.name());
    String withSku = base + "-" + Slugs.slug(candidate.sku());
    for (int attempt = 0; ; attempt++) {
      String slug = attempt == 0 ? base : attempt == 1 ? withSku : withSku + "-" + attempt;
      // Both of the first were looked up with the others.
      boolean taken = attempt < 2 ? known.hasSlug(slug) : exists(slug);
      if (!taken && keys.add("slug " + slug)) {
        return slug;
      }
    }
  }

  private boolean exists(String slug) {
    return Sql.of("select id from product where slug = ?")
        .with(slug)
        .first(transaction, row -> row.int8("id"))
        .isPresent();
  }

  void write() {
    ProductWriter writer = new ProductWriter(plan);
    writer.create(transaction, creates);
    writer.update(transaction, updates);
    writer.history(transaction, updates, unchanged);
  }
}
