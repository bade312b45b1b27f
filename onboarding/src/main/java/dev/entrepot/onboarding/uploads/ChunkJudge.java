package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides the rows of a chunk: which are new, which change a product, which are refused.
/// Everything it needs to know of the catalogue and of earlier uploads is in the [KnownProducts]
/// and [SameRows] it is given, so that it decides the same again when a chunk has to be repeated.
final class ChunkJudge {
  private final RunPlan plan;
  private final CandidateMaker candidates;

  ChunkJudge(RunPlan plan, CandidateMaker candidates) {
    this.plan = plan;
    this.candidates = candidates;
  }

  Judged judge(CheckedChunk chunk, KnownProducts known, SameRows same) {
    List<Verdict> verdicts = new ArrayList<>(chunk.entries().size());
    List<Judged.RowWarning> warnings = new ArrayList<>();
    List<Judged.Namesake> namesakes = new ArrayList<>();
    Map<Long, String> origins = new HashMap<>();
    Set<Long> targets = new HashSet<>();
    for (CheckedChunk.Entry entry : chunk.entries()) {
      Verdict verdict = once(targets, judge(entry, known, same, warnings), entry);
      verdicts.add(verdict);
      if (entry.earlier().likeness() == 0) {
        addNamesake(verdict, namesakes);
      }
      if (entry.origin() != null) {
        origins.put(entry.row().number(), entry.origin());
      }
    }
    return new Judged(verdicts, warnings, namesakes, origins);
  }

  private void addNamesake(Verdict verdict, List<Judged.Namesake> namesakes) {
    @Nullable Candidate candidate =
        switch (verdict) {
          case Verdict.Create create -> create.candidate();
          case Verdict.Propose propose -> propose.candidate();
          case Verdict.Update _, Verdict.Unchanged _, Verdict.Skip _, Verdict.Reject _ -> null;
        };
    if (candidate == null || candidate.brand() == null) {
      return;
    }
    String taken = candidates.takenName(candidate.sku());
    if (taken != null) {
      namesakes.add(
          new Judged.Namesake(
              verdict.number(), verdict.line(), candidate.name(), candidate.brand(), taken));
    }
  }

  /// Two rows must not change one product at once.
  private static Verdict once(Set<Long> targets, Verdict verdict, CheckedChunk.Entry entry) {
    if (verdict instanceof Verdict.Update update
        && !targets.add(update.known().id())
        && entry.row() instanceof Row.Cells cells) {
      Problem problem =
          problem(
              RuleCode.DUPLICATE_VENDOR_PRODUCT_ID,
              Field.VENDOR_PRODUCT_ID,
              update.candidate().vendorProductId(),
              "a row shortly before changes the same product, with the sku \""
                  + update.known().sku()
                  + "\"");
      return new Verdict.Reject(
          update.number(),
          update.line(),
          update.candidate().vendorProductId(),
          update.candidate().sku(),
          List.of(problem),
          cells.values(),
          true);
    }
    return verdict;
  }

  private Verdict judge(
      CheckedChunk.Entry entry,
      KnownProducts known,
      SameRows same,
      List<Judged.RowWarning> warnings) {
    Row row = entry.row();
    RowReference mending = same.mending(row.number());
    if (mending != null) {
      return skip(
          row,
          "this row was mended in upload %s, and what became of it there counts"
              .formatted(mending.upload()),
          warnings);
    }
    RowReference before = same.mendedBefore(row.number());
    if (before != null && plan.vendor().knownKey() == KnownKeyPolicy.REJECT) {
      return mendedBefore(entry, before, known, warnings);
    }
    return switch (row) {
      case Row.Unreadable unreadable -> unreadable(unreadable);
      case Row.Cells cells -> {
        CheckedRow checked = entry.checked();
        if (checked == null) {
          throw new IllegalStateException("row " + row.number() + " was not checked");
        }
        String skipped = checked.row().skipped();
        yield skipped == null
            ? judge(cells, checked, entry.earlier(), known, same, warnings)
            : skip(row, skipped, warnings);
      }
    };
  }

  /// A row of an error file that was mended elsewhere before the file was sent: what was mended
  /// counts, and where the policy lets files change products, what is sent after it.
  private Verdict mendedBefore(
      CheckedChunk.Entry entry,
      RowReference before,
      KnownProducts known,
      List<Judged.RowWarning> warnings) {
    CheckedRow checked = entry.checked();
    if (checked != null && checked.row().skipped() == null && checked.problems().isEmpty()) {
      Product target =
          known.target(
              checked.row().value(Field.SKU), checked.row().value(Field.VENDOR_PRODUCT_ID));
      if (target != null
          && target.vendor().equals(plan.vendor().code())
          && FieldChanges.between(target, candidates.make(checked, target, known), plan)
              .isEmpty()) {
        return new Verdict.Unchanged(entry.row().number(), entry.row().line(), target.id());
      }
    }
    return skip(
        entry.row(),
        "this row was mended before in upload %s, and what became of it there counts"
            .formatted(before.upload()),
        warnings);
  }

  private static Verdict skip(Row row, String reason, List<Judged.RowWarning> warnings) {
    warnings.add(new Judged.RowWarning(row.number(), row.line(), "SKIPPED", null, reason));
    return new Verdict.Skip(row.number(), row.line(), reason);
  }

  private static Verdict.Reject unreadable(Row.Unreadable row) {
    Problem problem =
        new Problem(RuleCode.UNREADABLE_ROW.name(), null, row.reason(), row.raw(), null);
    return new Verdict.Reject(
        row.number(), row.line(), null, null, List.of(problem), List.of(row.raw()), false);
  }

  private Verdict judge(
      Row.Cells row,
      CheckedRow checked,
      FileKeys.Earlier earlier,
      KnownProducts known,
      SameRows same,
      List<Judged.RowWarning> warnings) {
    MappedRow mapped = checked.row();
    Product bySku = known.bySku(mapped.value(Field.SKU));
    Product byId = known.byVendorProductId(mapped.value(Field.VENDOR_PRODUCT_ID));
    Product target = bySku != null ? bySku : byId;
    List<Problem> problems =
        duplicates(plan, mapped, earlier, bySku, byId, mayChange(plan, same, target, row));
    if (!problems.isEmpty() || !checked.problems().isEmpty()) {
      return reject(row, checked, problems);
    }
    warn(row, checked, earlier, warnings);
    Candidate candidate = candidates.make(checked, target, known);
    if (target == null) {
      return plan.vendor().approval() == ApprovalPolicy.REQUIRED
          ? new Verdict.Propose(row.number(), row.line(), candidate, null, row.values())
          : new Verdict.Create(row.number(), row.line(), candidate);
    }
    List<FieldChange> changes = FieldChanges.between(target, candidate, plan);
    if (changes.isEmpty()) {
      return new Verdict.Unchanged(row.number(), row.line(), target.id());
    }
    warnAboutPrice(row, target, candidate, warnings);
    return plan.vendor().approval() == ApprovalPolicy.REQUIRED
        ? new Verdict.Propose(
            row.number(),
            row.line(),
            candidate,
            same.made(target, row.number()) ? target.id() : null,
            row.values())
        : new Verdict.Update(row.number(), row.line(), candidate, target, changes);
  }

  private static void warn(
      Row.Cells row,
      CheckedRow checked,
      FileKeys.Earlier earlier,
      List<Judged.RowWarning> warnings) {
    for (Problem warning : checked.warnings()) {
      warnings.add(warning(row, warning));
    }
    if (earlier.likeness() != 0) {
      warnings.add(
          warning(
              row,
              Field.PRODUCT_NAME,
              "likely a duplicate of row " + earlier.likeness() + ": same name and brand"));
    }
  }

  private static Verdict reject(Row.Cells row, CheckedRow checked, List<Problem> duplicates) {
    List<Problem> all = new ArrayList<>(checked.problems());
    all.addAll(duplicates);
    all.sort(RuleOrder.BY_RULE);
    return new Verdict.Reject(
        row.number(),
        row.line(),
        checked.row().value(Field.VENDOR_PRODUCT_ID),
        checked.row().value(Field.SKU),
        all,
        row.values(),
        true);
  }

  /// Everything that is wrong with a row by itself, as far as the catalogue can tell.
  static List<Problem> problems(
      RunPlan plan, CheckedChunk.Entry entry, KnownProducts known, SameRows same) {
    CheckedRow checked = entry.checked();
    if (checked == null) {
      return switch (entry.row()) {
        case Row.Unreadable unreadable -> unreadable(unreadable).problems();
        case Row.Cells _ -> List.of();
      };
    }
    MappedRow row = checked.row();
    Product bySku = known.bySku(row.value(Field.SKU));
    Product byId = known.byVendorProductId(row.value(Field.VENDOR_PRODUCT_ID));
    boolean mayChange = mayChange(plan, same, bySku != null ? bySku : byId, entry.row());
    List<Problem> all = new ArrayList<>(checked.problems());
    all.addAll(duplicates(plan, row, FileKeys.Earlier.NONE, bySku, byId, mayChange));
    all.sort(RuleOrder.BY_RULE);
    return all;
  }

  /// Whether a row may change the vendor's product of its keys: by the policy, or because it made
  /// it.
  private static boolean mayChange(RunPlan plan, SameRows same, @Nullable Product target, Row row) {
    return plan.vendor().knownKey() == KnownKeyPolicy.UPDATE || same.made(target, row.number());
  }

  private static List<Problem> duplicates(
      RunPlan plan,
      MappedRow row,
      FileKeys.Earlier earlier,
      @Nullable Product bySku,
      @Nullable Product byId,
      boolean mayChange) {
    if (earlier.sku() == 0 && earlier.vendorProductId() == 0 && bySku == null && byId == null) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    String sku = row.value(Field.SKU);
    if (earlier.sku() != 0) {
      problems.add(
          problem(
              RuleCode.DUPLICATE_SKU,
              Field.SKU,
              sku,
              "the sku \"" + sku + "\" is already on row " + earlier.sku() + " of this file"));
    } else if (bySku != null && !bySku.vendor().equals(plan.vendor().code())) {
      problems.add(
          problem(
              RuleCode.DUPLICATE_SKU,
              Field.SKU,
              sku,
              "the sku \"" + sku + "\" belongs to another vendor's product; choose another"));
    } else if (bySku != null && !mayChange) {
      problems.add(
          problem(
              RuleCode.DUPLICATE_SKU,
              Field.SKU,
              sku,
              "the sku \""
                  + sku
                  + "\" belongs to your product \""
                  + bySku.vendorProductId()
                  + "\" already"));
    }
    String id = row.value(Field.VENDOR_PRODUCT_ID);
    if (earlier.vendorProductId() != 0) {
      problems.add(
          problem(
              RuleCode.DUPLICATE_VENDOR_PRODUCT_ID,
              Field.VENDOR_PRODUCT_ID,
              id,
              "the vendor_product_id \""
                  + id
                  + "\" is already on row "
                  + earlier.vendorProductId()
                  + " of this file"));
    } else if (byId != null && (!mayChange || (bySku != null && bySku.id() != byId.id()))) {
      problems.add(
          problem(
              RuleCode.DUPLICATE_VENDOR_PRODUCT_ID,
              Field.VENDOR_PRODUCT_ID,
              id,
              "the vendor_product_id \""
                  + id
                  + "\" belongs to your product with the sku \""
                  + byId.sku()
                  + "\" already"));
    }
    return problems;
  }

  private static Problem problem(
      RuleCode code, Field field, @Nullable String value, String message) {
    return new Problem(code.name(), field, message, value, null);
  }

  private void warnAboutPrice(
      Row.Cells row, Product known, Candidate candidate, List<Judged.RowWarning> warnings) {
    BigDecimal most = plan.vendor().priceMoveShare();
    if (most == null || known.price().signum() == 0) {
      return;
    }
    BigDecimal share =
        candidate
            .price()
            .subtract(known.price())
            .abs()
            .divide(known.price(), 4, RoundingMode.HALF_UP);
    if (share.compareTo(most) > 0) {
      warnings.add(
          warning(
              row,
              Field.PRICE,
              "the price moved from "
                  + known.price()
                  + " to "
                  + candidate.price()
                  + " "
                  + plan.currency()
                  + ", by "
                  + share.movePointRight(2).setScale(0, RoundingMode.HALF_UP)
                  + " %"));
    }
  }

  private static Judged.RowWarning warning(Row.Cells row, Field field, String message) {
    return new Judged.RowWarning(
        row.number(), row.line(), RuleCode.VALUE_TOO_FAR.name(), field.column(), message);
  }

  private static Judged.RowWarning warning(Row.Cells row, Problem problem) {
    Field field = problem.field();
    return new Judged.RowWarning(
        row.number(),
        row.line(),
        problem.code(),
        field == null ? null : field.column(),
        problem.message());
  }
}
