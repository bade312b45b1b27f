package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.vendors.Vendor;
import java.util.List;

/// Makes the checks that hold for a vendor's rows now: the built-in rules with today's categories,
/// and the active rules of operators. Safe for use by many threads.
public final class RowCheckers {
  private final Catalogue catalogue;
  private final VendorRules rules;

  public RowCheckers(Catalogue catalogue, VendorRules rules) {
    this.catalogue = catalogue;
    this.rules = rules;
  }

  /// The checks as they stand at this moment.
  public RowChecker of(Vendor vendor) {
    List<VendorRules.Rule> active =
        rules.list(vendor.code()).stream().filter(rule -> rule.draft().active()).toList();
    CategoryIndex categories = catalogue.categoryIndex();
    return new RowChecker(categories, vendor.phoneRegion(), active);
  }
}
