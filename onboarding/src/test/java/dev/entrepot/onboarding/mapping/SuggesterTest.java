package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import dev.entrepot.onboarding.mapping.Mappings.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggesterTest {

  @Test
  void knowsOurOwnColumns() {
    List<String> header = Arrays.stream(Field.values()).map(Field::column).toList();
    Suggestion suggestion = Suggester.suggest(header, List.of());

    assertThat(suggestion.origin()).isEqualTo("by column names");
    assertThat(suggestion.missing()).isEmpty();
    assertThat(suggestion.notes()).isEmpty();
    assertThat(sources(suggestion))
        .isEqualTo(
            Arrays.stream(Field.values()).collect(Collectors.toMap(field -> field, Field::column)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Product ID|Product Name|Category|SKU|Price|Stock",
        "VENDOR-PRODUCT-ID|PRODUCT NAME|CATEGORY|S.K.U.|PRICE|STOCK QUANTITY",
        "id|title|product type|seller sku|Unit Price (USD)|Qty",
        "Item No.|Description|Department|Item SKU|Selling Price|Quantity on hand|Item Name",
        "Artikelnummer|Bezeichnung|Warengruppe|Verkaufspreis|Bestand",
        "Art.-Nr.|Artikelbezeichnung|Kategorie|Preis (EUR)|Lagerbestand",
        "Bestellnummer|Produktname|Produktgruppe|SKU|Preis in EUR inkl. MwSt.|Verfügbare Menge",
        "Référence|Désignation|Catégorie|Prix de vente TTC|Quantité en stock",
        "Code article|Libellé|Famille|Prix HT|Qté",
        "Referencia|Nombre del producto|Categoría|Precio|Cantidad",
        "Código|Denominación|Familia|P.V.P.|Existencias",
        "Codice articolo|Nome prodotto|Categoria|Prezzo|Giacenza",
        "Codice|Descrizione|Reparto|Prezzo di vendita (€)|Quantità|Nome",
        "productId|productName|categoryName|skuCode|salePrice|stockLevel",
      })
  void findsAllThatIsRequired(String header) {
    Suggestion suggestion = Suggester.suggest(List.of(header.split("\\|")), List.of());

    assertThat(suggestion.missing()).isEmpty();
  }

  @Test
  void aColumnThatNamesTheFieldWinsOverAStandIn() {
    List<String> header =
        List.of("Artikel-Nr", "Bezeichnung", "Kategorie", "Artikelnummer SKU", "Preis", "Bestand");
    Suggestion suggestion = Suggester.suggest(header, List.of());

    assertThat(sources(suggestion))
        .containsEntry(Field.VENDOR_PRODUCT_ID, "Artikel-Nr")
        .containsEntry(Field.SKU, "Artikelnummer SKU");
    assertThat(suggestion.doubts()).isEmpty();
  }

  @Test
  void anotherProductsKeyIsNoKey() {
    List<String> header = List.of("Item No", "Name", "Category", "Parent SKU", "Price", "Stock");
    Suggestion suggestion = Suggester.suggest(header, List.of());

    assertThat(sources(suggestion)).containsEntry(Field.SKU, "Item No");
    assertThat(suggestion.doubts())
        .containsExactly("sku: no column of its own, so \"Item No\" stands in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Artikelnummer | VENDOR_PRODUCT_ID",
        "EAN-Code | EAN",
        "GTIN/EAN | EAN",
        "Strichcode | EAN",
        "Code-barres | EAN",
        "código de barras | EAN",
        "Codice a barre | EAN",
        "Preis | PRICE",
        "precio | PRICE",
        "Prix TTC (€) | PRICE",
        "VK-Preis netto | PRICE",
        "UVP | COMPARE_AT_PRICE",
        "List Price | COMPARE_AT_PRICE",
        "Prix barré | COMPARE_AT_PRICE",
        "cantidad | STOCK_QUANTITY",
        "Bestand | STOCK_QUANTITY",
        "Giacenza | STOCK_QUANTITY",
        "Marke | BRAND",
        "Hersteller | BRAND",
        "Marque | BRAND",
        "Gewicht (g) | WEIGHT_KG",
        "Poids net | WEIGHT_KG",
        "Maße | DIMENSIONS_CM",
        "Bild-URL 1 | IMAGE_URL",
        "Imagen principal | IMAGE_URL",
        "Unterkategorie | SUBCATEGORY",
        "Beschreibung | DESCRIPTION",
        "Mengeneinheit | UNIT",
        "E-Mail | CONTACT_EMAIL",
        "Téléphone | CONTACT_PHONE",
      })
  void knowsNamesInSeveralLanguages(String column, Field field) {
    List<String> header =
        List.of("vendor_product_id", "sku", "product_name", "category", "price", column);
    if (field == Field.VENDOR_PRODUCT_ID
        || field == Field.PRICE
        || field == Field.COMPARE_AT_PRICE) {
      header = List.of("sku", "product_name", "category", column, "x");
    }
    Field expected = field == Field.COMPARE_AT_PRICE ? Field.PRICE : field;

    assertThat(sources(Suggester.suggest(header, List.of()))).containsEntry(expected, column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Price Group",
        "Stock Location",
        "Image Alt Text",
        "Weight Unit",
        "Currency",
        "foo",
        "Größe",
        "SEO Title",
        "Category Code"
      })
  void leavesAloneWhatOnlySoundsSo(String column) {
    Suggestion suggestion = Suggester.suggest(List.of("SKU", column), List.of());

    assertThat(sources(suggestion).values()).doesNotContain(column);
    assertThat(suggestion.mapping().unknown()).isEqualTo(UnknownColumns.KEEP);
    assertThat(suggestion.notes()).contains("kept as custom fields: \"" + column + "\"");
  }

  @Test
  void givesEachColumnToWhatItFitsBest() {
    assertThat(
            sources(
                Suggester.suggest(
                    List.of("ID", "Artikelnummer", "Name", "List Price", "Price", "Description"),
                    List.of())))
        .containsEntry(Field.VENDOR_PRODUCT_ID, "ID")
        .containsEntry(Field.SKU, "Artikelnummer")
        .containsEntry(Field.PRICE, "Price")
        .containsEntry(Field.COMPARE_AT_PRICE, "List Price")
        .containsEntry(Field.PRODUCT_NAME, "Name")
        .containsEntry(Field.DESCRIPTION, "Description");
  }

  @Test
  void letsOneKeyStandInForTheOther() {
    Suggestion suggestion =
        Suggester.suggest(List.of("SKU", "Name", "Category", "Price", "Stock"), List.of());

    assertThat(suggestion.missing()).isEmpty();
    assertThat(sources(suggestion)).containsEntry(Field.VENDOR_PRODUCT_ID, "SKU");
    assertThat(suggestion.notes())
        .containsExactly("vendor_product_id: no column of its own, so \"SKU\" stands in");
  }

  @Test
  void takesTheNextBestForWhatIsNeeded() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("SKU", "Description", "Category", "List Price", "Qty", "", ""), List.of());

    assertThat(suggestion.missing()).isEmpty();
    assertThat(sources(suggestion))
        .containsEntry(Field.PRODUCT_NAME, "Description")
        .containsEntry(Field.PRICE, "List Price")
        .doesNotContainKeys(Field.DESCRIPTION, Field.COMPARE_AT_PRICE);
    assertThat(suggestion.notes())
        .contains(
            "product_name: there is no better column than \"Description\"",
            "price: there is no better column than \"List Price\"");
  }

  @Test
  void aPriceThatIsNotMappedYetShowsHowNumbersAreWritten() {
    List<String> header = List.of("sku", "product_name", "category", "ek netto", "stock_quantity");
    Suggestion commas =
        Suggester.suggest(header, List.of(List.of("S-1", "Red car", "Toys", "12,50", "4")));
    assertThat(commas.mapping().decimal()).isEqualTo(DecimalStyle.COMMA);
    assertThat(commas.notes()).contains("numbers: read with decimal commas (1.234,50)");
    Suggestion points =
        Suggester.suggest(header, List.of(List.of("S-1", "Red car", "Toys", "12.50", "4")));
    assertThat(points.mapping().decimal()).isEqualTo(DecimalStyle.POINT);
  }

  @Test
  void readsAGermanPriceList() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of(
                "Art.-Nr.",
                "Bezeichnung",
                "Warengruppe",
                "Preis",
                "Bestand",
                "Gewicht (g)",
                "Länge",
                "Breite",
                "Höhe",
                "Bemerkung"),
            List.of(
                List.of(
                    "A1", "Topf", "Garten", "1.299,00 €", "12 Stk.", "250", "10", "20", "5,5", ""),
                List.of(
                    "A2", "Krug", "Garten", "9,90 €", "3 Stk.", "1.250", "1", "2", "3", "neu")));

    assertThat(suggestion.missing()).isEmpty();
    assertThat(suggestion.mapping().decimal()).isEqualTo(DecimalStyle.COMMA);
    assertThat(suggestion.notes())
        .containsExactlyInAnyOrder(
            "dimensions_cm: joined from \"Länge\", \"Breite\", \"Höhe\"",
            "sku: no column of its own, so \"Art.-Nr.\" stands in",
            "numbers: read with decimal commas (1.234,50)",
            "stock_quantity: what stands around the digits is taken off",
            "weight_kg: converted from grams",
            "kept as custom fields: \"Bemerkung\"");
    MappedRow row =
        MappingPlan.compile(
                suggestion.mapping(),
                List.of(
                    "Art.-Nr.",
                    "Bezeichnung",
                    "Warengruppe",
                    "Preis",
                    "Bestand",
                    "Gewicht (g)",
                    "Länge",
                    "Breite",
                    "Höhe",
                    "Bemerkung"))
            .start()
            .apply(
                List.of(
                    "A1",
                    "Topf",
                    "Garten",
                    "1.299,00 €",
                    "12 Stk.",
                    "250",
                    "10",
                    "20",
                    "5,5",
                    "neu"));
    assertThat(row.values())
        .containsEntry(Field.PRICE, "1299.00")
        .containsEntry(Field.STOCK_QUANTITY, "12")
        .containsEntry(Field.WEIGHT_KG, "0.25")
        .containsEntry(Field.DIMENSIONS_CM, "10x20x5.5")
        .containsEntry(Field.SKU, "A1");
    assertThat(row.custom()).containsEntry("bemerkung", "neu");
  }

  @Test
  void looksAtValuesWhereNamesSayNothing() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("Column 1", "Column 2", "Column 3", "Column 4", "Column 5", "Column 6"),
            List.of(
                List.of(
                    "AB-100",
                    "Blue cotton shirt",
                    "19,99",
                    "4006381333931",
                    "5",
                    "https://x.example/a.jpg"),
                List.of(
                    "AB-101",
                    "Red cotton shirt",
                    "24,50",
                    "96385074",
                    "0",
                    "https://x.example/b.png?v=1"),
                List.of(
                    "AB-102",
                    "Green wool hat",
                    "9,00",
                    "036000291452",
                    "5",
                    "https://x.example/c.webp")));

    assertThat(suggestion.origin()).isEqualTo("by column names and values");
    assertThat(suggestion.mapping().decimal()).isEqualTo(DecimalStyle.COMMA);
    assertThat(sources(suggestion))
        .containsOnly(
            Map.entry(Field.SKU, "Column 1"),
            Map.entry(Field.VENDOR_PRODUCT_ID, "Column 1"),
            Map.entry(Field.PRODUCT_NAME, "Column 2"),
            Map.entry(Field.PRICE, "Column 3"),
            Map.entry(Field.EAN, "Column 4"),
            Map.entry(Field.STOCK_QUANTITY, "Column 5"),
            Map.entry(Field.IMAGE_URL, "Column 6"));
    assertThat(suggestion.missing()).containsExactly(Field.CATEGORY);
    assertThat(suggestion.notes())
        .contains("price: \"Column 3\" was chosen by its values; check it");
  }

  @Test
  void doesNotTakeATextForANumber() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("sku", "in stock", "qty"),
            List.of(List.of("A", "yes", "3"), List.of("B", "no", "")));

    assertThat(sources(suggestion)).containsEntry(Field.STOCK_QUANTITY, "qty");
  }

  @Test
  void warnsOfMixedDecimals() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("sku", "price"),
            List.of(List.of("A", "1.50"), List.of("B", "2.50"), List.of("C", "3,50")));

    assertThat(suggestion.mapping().decimal()).isEqualTo(DecimalStyle.POINT);
    assertThat(suggestion.notes())
        .anyMatch(note -> note.startsWith("numbers: some have decimal points"));
  }

  @Test
  void ignoresTheRestOfWideFiles() {
    String[] wide = new String[30];
    Arrays.setAll(wide, i -> i == 0 ? "sku" : "extra " + i);
    Suggestion suggestion = Suggester.suggest(List.of(wide), List.of());

    assertThat(suggestion.mapping().unknown()).isEqualTo(UnknownColumns.IGNORE);
    assertThat(suggestion.notes()).anyMatch(note -> note.startsWith("29 columns are not ours"));
  }

  @Property(tries = 200)
  void neverThrowsAndAlwaysCompiles(
      @ForAll List<String> header, @ForAll List<List<String>> sample) {
    Suggestion suggestion = Suggester.suggest(header, sample);

    assertThat(MappingPlan.compile(suggestion.mapping(), header).missingRequired())
        .isEqualTo(suggestion.missing());
  }

  private static Map<Field, String> sources(Suggestion suggestion) {
    return suggestion.mapping().fields().stream()
        .filter(field -> !field.sources().isEmpty())
        .collect(
            Collectors.toMap(
                FieldMapping::field, field -> field.sources().getFirst(), (a, b) -> a));
  }

  @Test
  void conversionsFollowTheValues() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("sku", "description", "images", "price"),
            List.of(
                List.of(
                    "A",
                    "<p>x</p>",
                    "https://a.example/1.jpg, https://a.example/2.jpg",
                    "USD 5.00")));

    assertThat(
            suggestion.mapping().fields().stream()
                .collect(Collectors.toMap(FieldMapping::field, FieldMapping::conversions)))
        .containsEntry(Field.DESCRIPTION, List.of(Conversion.STRIP_HTML))
        .containsEntry(Field.IMAGE_URL, List.of(Conversion.FIRST_OF_LIST))
        .containsEntry(Field.PRICE, List.of(Conversion.STRIP_CURRENCY));
  }
}
