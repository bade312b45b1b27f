package dev.entrepot.onboarding.publishing;

import dev.entrepot.model.Page;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductState;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads published products in the order of their ids, which never change: what was there all the
/// time is read once, and what comes meanwhile is at the end.
final class CatalogueSource implements RecordSource {
  private static final int LARGEST_PAGE = 1_000;

  private final Catalogue catalogue;
  private final Vendors vendors;
  private final String vendor;

  /// @param vendor its code; empty: all
  CatalogueSource(Catalogue catalogue, Vendors vendors, String vendor) {
    this.catalogue = catalogue;
    this.vendors = vendors;
    this.vendor = vendor;
  }

  @Override
  public int largestPage() {
    return LARGEST_PAGE;
  }

  @Override
  public SourcePage read(Extract extract, @Nullable String after) throws InterruptedException {
    requireGoingOn();
    requireVendor();
    Page<Product> page =
        catalogue.following(
            new Catalogue.Query(
                vendor.isEmpty() ? null : vendor, null, ProductState.PUBLISHED, null),
            extract.modifiedSince(),
            after,
            Math.min(extract.pageSize(), LARGEST_PAGE));
    return new SourcePage(
        page.items().stream().map(CatalogueSource::fields).toList(), page.next(), 0, null);
  }

  @Override
  public List<String> check() throws InterruptedException {
    requireGoingOn();
    requireVendor();
    String whose = vendor.isEmpty() ? "the products of all vendors" : "the products of " + vendor;
    return List.of("%s, with prices in %s".formatted(whose, catalogue.currency()));
  }

  private static void requireGoingOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  // A misspelt vendor would be an empty source, and with `missing: delete` an empty destination.
  private void requireVendor() {
    if (!vendor.isEmpty() && vendors.find(vendor).isEmpty()) {
      throw new RemoteException(
          RemoteException.Code.REFUSED,
          "Catalogue: there is no vendor \"%s\"; correct the setting %s, or leave it out for all"
              .formatted(vendor, CatalogueSourceFactory.VENDOR));
    }
  }

  private static Fields fields(Product product) {
    return Fields.builder(20)
        .put("id", Long.toString(product.id()))
        .put("sku", product.sku())
        .put("vendor_product_id", product.vendorProductId())
        .put("vendor", product.vendor())
        .put("name", product.name())
        .put("slug", product.slug())
        .put("category", product.category())
        .put("subcategory", product.subcategory())
        .put("description", product.description())
        .put("brand", product.brand())
        .put("price", product.price())
        .put("compare_at_price", product.compareAtPrice())
        .put("currency", product.currency())
        .put("stock_quantity", (long) product.stockQuantity())
        .put("unit", product.unit())
        .put("weight_kg", product.weightKg())
        .put("dimensions_cm", product.dimensionsCm())
        .put("image_url", product.imageUrl())
        .put("custom", Map.copyOf(product.custom()))
        .put("updated_at", product.updatedAt().toString())
        .build();
  }

  @Override
  public void close() {}
}
