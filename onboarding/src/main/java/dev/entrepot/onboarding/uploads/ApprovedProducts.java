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
  private Outcome outcome = Outcome.PENDING;

  /// @param sameFile the other uploads of the same bytes
  /// @param candidates all that will be added
  ApprovedProducts(
      Connection transaction, RunPlan plan, List<UUID> sameFile, List<Candidate> candidates) {
    this.transaction = transaction;
    this.plan = plan;
    this.known = KnownProducts.of(transaction, plan.vendor().code(), candidates);
    this.same = new SameRows(Set.copyOf(sameFile), Map.of(), Map.of());
  }

  /// @return why the row cannot be applied any more, or null
  @Nullable Problem add(long record, long line, CandidateJson.Waiting waiting) {
    Candidate candidate = waiting.candidate();
    Product bySku = known.bySku(candidate.sku());
    Product byId = known.byVendorProductId(candidate.vendorProductId());
    Product target = bySku != null ? bySku : byId;
    Problem problem = conflict(candidate, bySku, byId, mayChange(waiting, target, record));
    if (problem != null) {
      return problem;
    }
    if (target == null) {
      creates.add(new Verdict.Create(record, line, candidate.withSlug(slug(candidate))));
      outcome = Outcome.WRITTEN;
      return null;
    }
    List<FieldChange> changes =
        FieldChanges.between(target, candidate, plan.withMapped(waiting.mapped()));
    if (changes.isEmpty()) {
      unchanged.add(new Verdict.Unchanged(record, line, target.id()));
      outcome = Outcome.UNCHANGED;
    } else if (targets.add(target.id())) {
      updates.add(new Verdict.Update(record, line, candidate, target, changes));
      outcome = Outcome.WRITTEN;
    } else {
      return ApprovalDesk.taken(RuleCode.DUPLICATE_SKU, Field.SKU, candidate.sku());
    }
    return null;
  }

  /// What became of the row added last.
  Outcome outcome() {
    return outcome;
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
