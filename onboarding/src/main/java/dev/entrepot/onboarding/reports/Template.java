package dev.entrepot.onboarding.reports;

import dev.entrepot.onboarding.mapping.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;

/// An empty product file for a supplier to fill in.
///
/// @param columns what can be filled in, in order
public record Template(List<Column> columns) {
  /// One column of a template.
  ///
  /// @param name the header
  /// @param required whether every row needs it
  /// @param meaning what belongs there, in a sentence
  /// @param example a value as it should look
  public record Column(String name, boolean required, String meaning, String example) {}

  public Template {
    columns = List.copyOf(columns);
  }

  /// The template of the fields the catalogue knows.
  public static Template standard() {
    return new Template(Arrays.stream(Field.values()).map(Template::column).toList());
  }

  private static Column column(Field field) {
    return switch (field) {
      case VENDOR_PRODUCT_ID ->
          column(
              field,
              "Your own number of the product, unique among yours, at most 100 characters.",
              "P-1001");
      case PRODUCT_NAME ->
          column(field, "Name, at most 200 characters.", "Enamel mug, blue, 350 ml");
      case CATEGORY -> column(field, "One of the categories of the catalogue.", "Kitchen");
      case SUBCATEGORY -> column(field, "A finer category, if you have one.", "Mugs");
      case DESCRIPTION ->
          column(
              field, "Description, at most 2,000 characters.", "Hand-made mug with a steel rim.");
      case SKU ->
          column(
              field,
              "Stock keeping unit, unique among all products, at most 100 characters.",
              "MUG-BLUE-350");
      case BRAND -> column(field, "Brand, at most 100 characters.", "Emalco");
      case PRICE ->
          column(
              field, "Price with a decimal point, 0.01 to 999999.99, no currency sign.", "12.90");
      case COMPARE_AT_PRICE ->
          column(field, "Price before a reduction, at least the price.", "15.90");
      case STOCK_QUANTITY -> column(field, "Pieces in stock, a whole number, 0 to 1000000.", "240");
      case UNIT -> column(field, "Unit of sale; \"piece\" when empty.", "piece");
      case WEIGHT_KG -> column(field, "Weight in kilograms with a decimal point.", "0.31");
      case DIMENSIONS_CM -> column(field, "Length x width x height in centimetres.", "12x9x8");
      case IMAGE_URL ->
          column(
              field,
              "Address of an image, beginning with https://.",
              "https://example.com/mug.jpg");
      case EAN -> column(field, "Bar code number, 8 or 13 digits.", "4006381333931");
      case CONTACT_EMAIL ->
          column(field, "Whom to write to about the product.", "sales@example.com");
      case CONTACT_PHONE ->
          column(field, "Whom to call about the product, with country code.", "+49 30 901820");
    };
  }

  private static Column column(Field field, String meaning, String example) {
    return new Column(field.column(), field.required(), meaning, example);
  }

  /// The names of the columns.
  public List<String> header() {
    return columns.stream().map(Column::name).toList();
  }

  /// The header as CSV, nothing below it, so that no example is ever taken for a product.
  public void writeCsv(OutputStream out) throws IOException {
    TableWriter.csv(out, header()).close();
  }

  /// The header on the sheet to fill in, with each column's meaning as a comment, and a second
  /// sheet that explains the columns with one example each.
  public void writeXlsx(OutputStream out) throws IOException {
    try (XlsxSheet products =
        new XlsxSheet(out, "Products", header(), name -> Math.clamp(name.length() + 4.0, 14, 40))) {
      for (int column = 0; column < columns.size(); column++) {
        products.comment(column, comment(columns.get(column)));
      }
      writeGuide(products);
    }
  }

  private static String comment(Column column) {
    return (column.required ? "Required. " : "Optional. ") + column.meaning;
  }

  private void writeGuide(XlsxSheet products) {
    Worksheet guide = products.workbook().newWorksheet("Guide");
    List<String> header = List.of("Column", "Required", "Meaning", "Example");
    for (int place = 0; place < header.size(); place++) {
      guide.inlineString(0, place, header.get(place));
      guide.style(0, place).bold().set();
    }
    guide.width(0, 20);
    guide.width(2, 70);
    guide.width(3, 36);
    for (int row = 0; row < columns.size(); row++) {
      Column column = columns.get(row);
      guide.inlineString(row + 1, 0, column.name);
      guide.inlineString(row + 1, 1, column.required ? "yes" : "no");
      guide.inlineString(row + 1, 2, column.meaning);
      guide.inlineString(row + 1, 3, column.example);
    }
  }
}
