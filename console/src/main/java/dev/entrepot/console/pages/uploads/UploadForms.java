package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.DropView;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Option;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.onboarding.vendors.Vendors;
import java.util.ArrayList;
import java.util.List;

/// The place where files are dropped.
public final class UploadForms {
  private static final String FORMATS =
      "CSV with comma, semicolon, bar or tab, plain or gzipped, or XLSX.";
  private static final String ACCEPT = ".csv,.tsv,.txt,.gz,.xlsx";
  private static final int PAGE = 1_000;

  private final Vendors vendors;

  public UploadForms(Vendors vendors) {
    this.vendors = vendors;
  }

  /// The place for somebody's files: a supplier's own limits, an operator's choice of vendor.
  ///
  /// @param chosen the vendor that is chosen at first, or the empty text
  public DropView drop(Principal principal, String chosen) {
    String own = principal.vendor();
    return own == null ? operators(chosen) : supplier(own);
  }

  private DropView supplier(String code) {
    Vendor vendor =
        vendors
            .find(code)
            .orElseThrow(() -> new IllegalStateException("a supplier of no vendor: " + code));
    return drop(
        vendor.limits().fileBytes(),
        vendor.limits().errorFileBytes(),
        FORMATS
            + " At most "
            + Figures.bytes(vendor.limits().fileBytes())
            + " and "
            + Words.count(vendor.limits().fileRows(), "row")
            + "; a mended error file may be larger.",
        List.of());
  }

  private DropView operators(String chosen) {
    List<Option> options = new ArrayList<>();
    options.add(new Option("", "Choose a vendor"));
    for (Vendor vendor : active()) {
      options.add(new Option(vendor.code(), vendor.name() + " (" + vendor.code() + ")"));
    }
    return drop(
        0,
        0,
        FORMATS + " An operator's upload has no limits.",
        List.of(Field.select("vendor", "Vendor", options).value(chosen).mandatory()));
  }

  private static DropView drop(long limit, long errorFileLimit, String hint, List<Field> fields) {
    return new DropView("/uploads", "/uploads/{id}", ACCEPT, limit, errorFileLimit, hint, fields);
  }

  /// The vendors that may upload.
  private List<Vendor> active() {
    List<Vendor> all = new ArrayList<>();
    Page<Vendor> page = vendors.list(VendorStatus.ACTIVE, null, null, PAGE);
    all.addAll(page.items());
    while (page.next() != null) {
      page = vendors.list(VendorStatus.ACTIVE, null, page.next(), PAGE);
      all.addAll(page.items());
    }
    return all;
  }
}
