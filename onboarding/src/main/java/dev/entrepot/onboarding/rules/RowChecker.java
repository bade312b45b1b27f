package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every built-in rule that needs no keys of the catalogue, and the operators' rules. Immutable;
/// safe for use by many threads.
public final class RowChecker {
  private final CategoryIndex categories;
  private final String phoneRegion;
  private final OperatorRules rules;
  private final RateTable.@Nullable Conversion conversion;

  /// For prices that are in the catalogue's currency.
  ///
  /// @param phoneRegion where phone numbers without country code are from, an ISO 3166-1 code
  /// @param rules the operators' rules that are tried after the built-in ones; inactive ones are
  ///   left out
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when a rule does not compile,
  ///   naming it
  public RowChecker(CategoryIndex categories, String phoneRegion, List<VendorRules.Rule> rules) {
    this(categories, phoneRegion, rules, null);
  }

  /// @param conversion of prices to the catalogue's currency; null: they are in it
  RowChecker(
      CategoryIndex categories,
      String phoneRegion,
      List<VendorRules.Rule> rules,
      RateTable.@Nullable Conversion conversion) {
    this.conversion = conversion;
    this.categories = categories;
    this.phoneRegion = phoneRegion;
    this.rules = new OperatorRules(rules);
  }

  /// Checks a row. A skipped row is not checked and has no problems.
  public CheckedRow check(MappedRow row) {
    var findings = new Findings();
    if (row.skipped() != null) {
      return new CheckedRow(row, null, null, null, 0, null, List.of(), List.of());
    }
    TextChecks.required(row, findings);
    BigDecimal price = NumberChecks.price(row, conversion, findings);
    int stock = NumberChecks.stock(row, findings);
    TextChecks.lengths(row, findings);
    String category = TextChecks.category(row, categories, findings);
    BigDecimal compareAt = NumberChecks.compareAtPrice(row, price, conversion, findings);
    BigDecimal weight = NumberChecks.weight(row, findings);
    FormatChecks.dimensions(row, findings);
    FormatChecks.imageUrl(row, findings);
    FormatChecks.ean(row, findings);
    FormatChecks.email(row, findings);
    FormatChecks.phone(row, phoneRegion, findings);
    rules.check(row, findings);
    return new CheckedRow(
        row, price, compareAt, weight, stock, category, findings.problems(), findings.warnings());
  }
}
