package dev.entrepot.onboarding.publishing;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.List;
import java.util.Map;

/// The program's own catalogue as a source of flows: its published products, those of one vendor or
/// of all. It is read where it lies, so it has neither address nor credentials, and no call is
/// counted. Wired, not found by `java.util.ServiceLoader`. Safe for use by many threads.
public final class CatalogueSourceFactory implements RecordSourceFactory {
  static final String VENDOR = "vendor";

  private final Catalogue catalogue;
  private final Vendors vendors;

  public CatalogueSourceFactory(Catalogue catalogue, Vendors vendors) {
    this.catalogue = catalogue;
    this.vendors = vendors;
  }

  @Override
  public String kind() {
    return "catalogue";
  }

  @Override
  public String title() {
    return "Catalogue";
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField(
            VENDOR,
            "the code of the vendor whose products are published; empty: those of all",
            "",
            List.of()));
  }

  @Override
  public List<CredentialField> credentials() {
    return List.of();
  }

  /// Prices are in the catalogue's currency. Columns that suppliers send besides are in `custom`.
  @Override
  public List<FieldSpec> fields(Map<String, String> settings) {
    return List.of(
        new FieldSpec(
            "id", FieldSpec.Type.TEXT, true, "its number in the catalogue: never changes"),
        new FieldSpec(
            "sku", FieldSpec.Type.TEXT, true, "the product's SKU, unique in the catalogue"),
        new FieldSpec("vendor_product_id", FieldSpec.Type.TEXT, true, "its number at its vendor"),
        new FieldSpec("vendor", FieldSpec.Type.TEXT, true, "the code of its vendor"),
        new FieldSpec("name", FieldSpec.Type.TEXT, true, "its name"),
        new FieldSpec(
            "slug", FieldSpec.Type.TEXT, true, "its name in addresses, unique in the catalogue"),
        new FieldSpec("category", FieldSpec.Type.TEXT, true, "the code of its category"),
        new FieldSpec("subcategory", FieldSpec.Type.TEXT, false, "a finer category"),
        new FieldSpec("description", FieldSpec.Type.TEXT, false, "its description"),
        new FieldSpec("brand", FieldSpec.Type.TEXT, false, "its brand"),
        new FieldSpec("price", FieldSpec.Type.DECIMAL, true, "its price"),
        new FieldSpec("compare_at_price", FieldSpec.Type.DECIMAL, false, "a price that was higher"),
        new FieldSpec("currency", FieldSpec.Type.TEXT, true, "the currency of its prices"),
        new FieldSpec("stock_quantity", FieldSpec.Type.WHOLE, true, "how many are in stock"),
        new FieldSpec("unit", FieldSpec.Type.TEXT, true, "in what it is counted, such as piece"),
        new FieldSpec("weight_kg", FieldSpec.Type.DECIMAL, false, "its weight"),
        new FieldSpec(
            "dimensions_cm", FieldSpec.Type.TEXT, false, "its dimensions, such as 10x20x30"),
        new FieldSpec("image_url", FieldSpec.Type.TEXT, false, "where its picture is"),
        new FieldSpec("custom.ean", FieldSpec.Type.TEXT, false, "its EAN"),
        new FieldSpec("updated_at", FieldSpec.Type.DATE, true, "when it was last changed"));
  }

  @Override
  public RecordSource open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    return new CatalogueSource(catalogue, vendors, settings.getOrDefault(VENDOR, "").strip());
  }
}
