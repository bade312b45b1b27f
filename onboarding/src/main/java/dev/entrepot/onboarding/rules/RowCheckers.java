package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.vendors.Vendor;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the checks that hold for a vendor's rows now: the built-in rules with today's categories,
/// and the active rules of operators. Safe for use by many threads.
public final class RowCheckers {
  private final Catalogue catalogue;
  private final VendorRules rules;

  public RowCheckers(Catalogue catalogue, VendorRules rules) {
    this.catalogue = catalogue;
    this.rules = rules;
  }

  /// The checks as they stand at this moment. Without a rate to the catalogue's currency prices are
  /// checked as they are.
  public RowChecker of(Vendor vendor) {
    Currency currency = Currency.getInstance(catalogue.currency());
    return of(
        vendor,
        vendor.currency().equals(currency)
            ? null
            : new RateTable(catalogue.rates())
                .conversion(vendor.currency(), currency)
                .orElse(null));
  }

  /// The checks with a given rate.
  ///
  /// @param conversion of prices to the catalogue's currency; null: they are in it
  public RowChecker of(Vendor vendor, RateTable.@Nullable Conversion conversion) {
    List<VendorRules.Rule> active =
        rules.list(vendor.code()).stream().filter(rule -> rule.draft().active()).toList();
    CategoryIndex categories = catalogue.categoryIndex();
    return new RowChecker(categories, vendor.phoneRegion(), active, conversion);
  }
}
