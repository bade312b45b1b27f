package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.ledger.Trace;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.OnboardingModule;
import dev.entrepot.onboarding.OnboardingSettings;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.notices.OtherSecrets;
import dev.entrepot.onboarding.notices.ReportLinks;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Onboarding over a database, as a test needs it.
final class World implements AutoCloseable {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  static final String HEADER =
      "vendor_product_id,product_name,category,subcategory,description,sku,brand,price,"
          + "compare_at_price,stock_quantity,unit,weight_kg\n";

  /// Three rows without fault.
  static final String GOOD =
      HEADER
          + "A-1,Red car,Toys,,Fast,SKU-1,Acme,10.00,12.50,5,piece,0.3\n"
          + "A-2,Blue car,toys,,Slow,SKU-2,Acme,11.00,,0,,\n"
          + "A-3,Hammer,TOOLS,,,SKU-3,Acme,9.99,,7,,1.5\n";

  final Database database;
  final OnboardingModule module;
  final Onboarding onboarding;
  final Ledger ledger;
  final Vendors vendors;
  final Catalogue catalogue;
  final Uploads uploads;
  final Audit audit;
  final Trace trace;

  World(Database database, Path folder, String node) {
    this(database, folder, node, Clock.systemUTC());
  }

  World(Database database, Path folder, String node, Clock clock) {
    this(database, folder, node, clock, OnboardingSettings.KEY_BYTES_IN_MEMORY);
  }

  World(Database database, Path folder, String node, Clock clock, long keyBytesInMemory) {
    this.database = database;
    module =
        new OnboardingModule(
            database,
            new Links(),
            new SecretSeal(new byte[32]),
            clock,
            new OnboardingSettings(
                folder,
                node,
                Currency.getInstance("USD"),
                null,
                null,
                WebhookReach.PUBLIC,
                OtherSecrets.none(),
                Topics.none(),
                2,
                0,
                keyBytesInMemory));
    onboarding = module.face();
    ledger = new Ledger(database);
    vendors = onboarding.vendors();
    catalogue = onboarding.catalogue();
    uploads = onboarding.uploads();
    audit = new Audit(database, module.auditChecks());
    trace = new Trace(database, new DeadLetters(database), module.traceSources());
  }

  /// A vendor and three categories.
  World with(VendorDraft vendor) {
    vendors.create(ANNA, vendor);
    if (catalogue.categories().isEmpty()) {
      catalogue.createCategory(ANNA, "toys", "Toys", null);
      catalogue.createCategory(ANNA, "tools", "Tools", null);
      catalogue.createCategory(ANNA, "home-garden", "Home & Garden", null);
    }
    return this;
  }

  World started() {
    try {
      module.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Uploads.Receipt submit(String vendor, String name, String text) {
    return submit(vendor, name, text.getBytes(StandardCharsets.UTF_8), Uploads.Limits.OPERATOR);
  }

  Uploads.Receipt submit(String vendor, String name, byte[] bytes, Uploads.Limits limits) {
    try {
      return uploads.submit(
          ANNA,
          new Uploads.Submission(vendor, name, Upload.Source.API, limits, null),
          new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a file and waits for the verdict.
  Upload upload(String vendor, String name, String text) {
    return await(submit(vendor, name, text).upload().id());
  }

  Upload await(UUID id) {
    try {
      Upload upload = uploads.await(id, Duration.ofMinutes(10));
      if (!upload.state().finished()) {
        throw new AssertionError("not finished in time: " + upload);
      }
      return upload;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Replaces what a vendor is.
  Vendor change(VendorDraft draft) {
    return vendors.update(ANNA, draft, vendors.find(draft.code()).orElseThrow().version());
  }

  /// The vendor ACME with other policies.
  static VendorDraft acme(KnownKeyPolicy known, ApprovalPolicy approval) {
    VendorDraft base = VendorDraft.of("ACME", "Acme Toys");
    return new VendorDraft(
        base.code(),
        base.name(),
        base.status(),
        "buyer@acme.example.com",
        base.currency(),
        known,
        approval,
        null,
        base.priceMoveShare(),
        base.limits(),
        base.phoneRegion(),
        null);
  }

  /// Approves to the end, however long it takes.
  Uploads.Decision approve(UUID id, @Nullable List<Long> rows) {
    return uploads.approve(ANNA, id, rows, Uploads.OlderRows.WAIT, Duration.ofMinutes(10));
  }

  /// Approves to the end, rows that are older than the catalogue among them.
  Uploads.Decision approveEvenOlder(UUID id, @Nullable List<Long> rows) {
    return uploads.approve(ANNA, id, rows, Uploads.OlderRows.APPLY, Duration.ofMinutes(10));
  }

  /// Declines to the end, however long it takes.
  Uploads.Decision decline(UUID id, @Nullable List<Long> rows, String reason) {
    return uploads.decline(ANNA, id, rows, reason, Duration.ofMinutes(10));
  }

  /// Cancels to the end, however long it takes.
  Upload cancel(UUID id) {
    return uploads.cancel(ANNA, id, Duration.ofMinutes(10));
  }

  List<Product> products() {
    List<Product> all = new ArrayList<>();
    catalogue.forEach(Catalogue.Query.ALL, all::add);
    return all;
  }

  List<Uploads.RejectedRow> rejected(UUID id) {
    return uploads.rejected(id, null, null, null, 100).items();
  }

  /// The error file as CSV.
  String errors(UUID id) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      uploads.writeErrors(id, Uploads.ReportFormat.CSV, out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The books balance.
  void audited() {
    assertThat(audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
  }

  @Override
  public void close() {
    module.close();
  }

  private static final class Links implements ReportLinks {
    @Override
    public URI errorReport(UUID upload) {
      return URI.create("https://hub.example.com/errors/" + upload);
    }

    @Override
    public URI uploadPage(UUID upload) {
      return URI.create("https://hub.example.com/uploads/" + upload);
    }
  }
}
