package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductState;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for a vendor's files besides the rules: its currency, launch date and status.
class VendorTermsTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, folder, "node-1");
  }

  @AfterEach
  void close() {
    assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
    world.close();
    database.close();
  }

  private static VendorDraft vendor(
      String currency, @Nullable Instant launchAt, VendorStatus status) {
    VendorDraft base = VendorDraft.of("ACME", "Acme");
    return new VendorDraft(
        base.code(),
        base.name(),
        status,
        null,
        Currency.getInstance(currency),
        base.knownKey(),
        base.approval(),
        launchAt,
        base.priceMoveShare(),
        base.limits(),
        base.phoneRegion(),
        null);
  }

  private static VendorDraft in(String currency) {
    return vendor(currency, null, VendorStatus.ACTIVE);
  }

  private static String row(String key, String price, String compareAt) {
    return "%s,Thing %s,Toys,,,SKU-%s,Acme,%s,%s,5,,\n".formatted(key, key, key, price, compareAt);
  }

  private List<Product> products() {
    List<Product> all = new ArrayList<>();
    world.catalogue.forEach(Catalogue.Query.ALL, all::add);
    return all;
  }

  @Test
  void pricesAreConvertedAndMustBeInRangeInTheCataloguesCurrency() {
    world.with(in("IDR")).started();
    world.catalogue.setRate(World.ANNA, "IDR", "USD", new BigDecimal("0.00006"));
    Upload upload =
        world.upload(
            "ACME",
            "prices.csv",
            World.HEADER
                + row("A-1", "1500000", "2000000")
                + row("A-2", "50", "")
                + row("A-3", "100000", "20000000000")
                + row("A-4", "99999999999999999999", "")
                + row("A-5", "1500000.123", ""));
    assertThat(upload.books()).isEqualTo(new Books(5, 1, 0, 4, 0, 0));
    assertThat(products())
        .extracting(
            Product::price,
            Product::compareAtPrice,
            Product::currency,
            Product::sourcePrice,
            Product::sourceCurrency)
        .containsExactly(
            Tuple.tuple(
                new BigDecimal("90.00"),
                new BigDecimal("120.00"),
                "USD",
                new BigDecimal("1500000"),
                "IDR"));
    assertThat(world.uploads.rejected(upload.id(), null, null, null, 10).items())
        .extracting(Uploads.RejectedRow::errorType, row -> row.problems().getFirst().message())
        .containsExactly(
            Tuple.tuple(
                "INVALID_PRICE",
                "price 50 IDR comes to 0.00 USD at the rate in force, which is too low: the lowest is 0.01 USD"),
            Tuple.tuple(
                "INVALID_COMPARE_AT_PRICE",
                "compare_at_price 20000000000 IDR comes to 1200000.00 USD at the rate in force, which is too high: the highest is 999999.99 USD"),
            Tuple.tuple(
                "INVALID_PRICE",
                "price 99999999999999999999 IDR comes to 6000000000000000.00 USD at the rate in force, which is too high: the highest is 999999.99 USD"),
            Tuple.tuple(
                "INVALID_PRICE",
                "price 1500000.123 has 3 decimals: at most 2 are allowed, like 1500000.12"));
  }

  @Test
  void withoutARateTheFileFailsAndIsReadOnceThereIsOne() {
    world.with(in("EUR")).started();
    Upload failed = world.upload("ACME", "prices.csv", World.HEADER + row("A-1", "10.00", ""));
    assertThat(failed.state()).isEqualTo(Upload.State.FAILED);
    assertThat(failed.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("MISSING_EXCHANGE_RATE");
          assertThat(failure.message()).contains("from EUR to USD");
        });
    world.catalogue.setRate(World.ANNA, "USD", "EUR", new BigDecimal("0.8"));
    Upload again = world.await(world.uploads.rerun(World.ANNA, failed.id(), null).upload().id());
    assertThat(again.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(products()).extracting(Product::price).containsExactly(new BigDecimal("12.50"));
  }

  @Test
  void newProductsWaitForTheLaunch() {
    Instant launch = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    world.with(vendor("USD", launch, VendorStatus.ACTIVE)).started();
    world.upload("ACME", "new.csv", World.HEADER + row("A-1", "10.00", ""));
    assertThat(products())
        .extracting(Product::state, Product::publishAt)
        .containsExactly(Tuple.tuple(ProductState.SCHEDULED, launch));
    Vendor acme = world.vendors.find("ACME").orElseThrow();
    world.vendors.update(
        World.ANNA,
        vendor("USD", Instant.now().minusSeconds(60), VendorStatus.ACTIVE),
        acme.version());
    world.upload("ACME", "more.csv", World.HEADER + row("A-2", "10.00", ""));
    assertThat(products())
        .extracting(Product::sku, Product::state)
        .containsExactly(
            Tuple.tuple("SKU-A-1", ProductState.SCHEDULED),
            Tuple.tuple("SKU-A-2", ProductState.PUBLISHED));
  }

  @Test
  void productsWithVeryLongCustomFieldsAreUpdated() {
    VendorDraft base = in("USD");
    world
        .with(
            new VendorDraft(
                base.code(),
                base.name(),
                base.status(),
                null,
                base.currency(),
                KnownKeyPolicy.UPDATE,
                base.approval(),
                null,
                base.priceMoveShare(),
                base.limits(),
                base.phoneRegion(),
                null))
        .started();
    String header = World.HEADER.strip() + ",notes\n";
    String notes = "long ".repeat(100_000);
    StringBuilder first = new StringBuilder(header);
    StringBuilder second = new StringBuilder(World.HEADER);
    for (int i = 1; i <= 40; i++) {
      first.append(row("A-" + i, "10.00", "").strip()).append(',').append(notes).append('\n');
      second.append(row("A-" + i, "11.00", ""));
    }
    assertThat(world.upload("ACME", "first.csv", first.toString()).books().written()).isEqualTo(40);
    assertThat(world.upload("ACME", "second.csv", second.toString()).books())
        .isEqualTo(new Books(40, 40, 0, 0, 0, 0));
    assertThat(products())
        .hasSize(40)
        .allSatisfy(product -> {
          assertThat(product.price()).isEqualTo(new BigDecimal("11.00"));
          assertThat(product.custom()).hasSize(1);
        });
  }

  @Test
  void aVendorSuspendedMeanwhileBringsNothing() {
    world.with(in("USD"));
    Upload waiting =
        world.submit("ACME", "late.csv", World.HEADER + row("A-1", "10.00", "")).upload();
    Vendor acme = world.vendors.find("ACME").orElseThrow();
    world.vendors.update(World.ANNA, vendor("USD", null, VendorStatus.SUSPENDED), acme.version());
    world.started();
    Upload failed = world.await(waiting.id());
    assertThat(failed.state()).isEqualTo(Upload.State.FAILED);
    assertThat(failed.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("VENDOR_REFUSED");
          assertThat(failure.message()).contains("suspended");
        });
    assertThat(products()).isEmpty();
  }
}
