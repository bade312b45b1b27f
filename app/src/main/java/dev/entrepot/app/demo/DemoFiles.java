package dev.entrepot.app.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// Writes the demo vendors' files, the same bytes every time.
final class DemoFiles {
  static final String SPRING = "nordic-home-spring.csv";
  static final String SUMMER = "nordic-home-summer.csv";
  static final String PRICE_LIST = "lumen-preisliste.csv";
  static final String SHOPIFY = "atelier-verde-shopify-export.csv";
  static final String WORKBOOK = "copper-and-oak.xlsx";

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final Path folder;

  DemoFiles(Path folder) {
    this.folder = folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void write() throws IOException {
    Files.createDirectories(folder);
    writeStandard(SPRING, DemoProduct.make(Assortment.HOME, 900, 1), 17);
    writeStandard(SUMMER, DemoProduct.make(Assortment.HOME, 240, 2), 12);
    writePriceList(DemoProduct.make(Assortment.LIGHT, 220, 3));
    writeShopify(DemoProduct.make(Assortment.GARDEN, 90, 4));
    writeWorkbook(DemoProduct.make(Assortment.KITCHEN, 160, 5));
  }

  /// The template's own columns, comma-separated, with mistakes.
  private void writeStandard(String name, List<DemoProduct> products, int mistakeEvery)
      throws IOException {
    List<Map<String, String>> rows = standardRows(products);
    Mistake.sprinkle(rows, mistakeEvery);
    writeCsv(name, StandardCharsets.UTF_8, ',', rows);
  }

  private static List<Map<String, String>> standardRows(List<DemoProduct> products) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (DemoProduct p : products) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("vendor_product_id", p.id());
      row.put("product_name", p.name());
      row.put("category", p.category());
      row.put("subcategory", p.subcategory());
      row.put("description", p.description());
      row.put("sku", p.sku());
      row.put("brand", p.brand());
      row.put("price", p.price().toPlainString());
      row.put("compare_at_price", p.stock() % 3 == 0 ? p.compareAtPrice().toPlainString() : "");
      row.put("stock_quantity", Integer.toString(p.stock()));
      row.put("unit", "piece");
      row.put("weight_kg", p.weightKg().toPlainString());
      row.put("dimensions_cm", p.dimensions());
      row.put("image_url", p.imageUrl());
      row.put("ean", p.ean());
      rows.add(row);
    }
    return rows;
  }

  /// A German price list: semicolons, decimal commas, Windows-1252, headers of its own.
  private void writePriceList(List<DemoProduct> products) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (DemoProduct p : products) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("Artikelnummer", p.id());
      row.put("Bezeichnung", p.name());
      row.put("Warengruppe", p.category());
      row.put("Untergruppe", p.subcategory());
      row.put("SKU", p.sku());
      row.put("Marke", p.brand());
      row.put("Preis", comma(p.price()));
      row.put("Bestand", Integer.toString(p.stock()));
      row.put("Gewicht (kg)", comma(p.weightKg()));
      row.put("EAN", p.ean());
      row.put("Farbe", p.colour());
      rows.add(row);
    }
    for (int i = 40; i < rows.size(); i += 45) {
      rows.get(i).put("Preis", "auf Anfrage");
    }
    writeCsv(PRICE_LIST, WINDOWS, ';', rows);
  }

  private static String comma(BigDecimal number) {
    return String.format(Locale.GERMANY, "%,." + number.scale() + "f", number);
  }

  /// A Shopify product export: a product of two variants takes two rows, the second without title.
  private void writeShopify(List<DemoProduct> products) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < products.size(); i++) {
      DemoProduct p = products.get(i);
      boolean second = i % 2 == 1;
      DemoProduct first = second ? products.get(i - 1) : p;
      Map<String, String> row = new LinkedHashMap<>();
      row.put("Handle", first.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
      row.put("Title", second ? "" : p.name());
      row.put("Body (HTML)", second ? "" : "<p>" + p.description() + "</p>");
      row.put("Vendor", second ? "" : p.brand());
      row.put("Type", second ? "" : p.category());
      row.put("Tags", second ? "" : p.subcategory() + ", " + p.colour());
      row.put("Published", second ? "" : "true");
      row.put("Option1 Name", "Colour");
      row.put("Option1 Value", p.colour() + (second ? " dark" : ""));
      row.put("Variant SKU", p.sku());
      row.put("Variant Grams", p.weightKg().movePointRight(3).toBigInteger().toString());
      row.put("Variant Inventory Qty", Integer.toString(p.stock()));
      row.put("Variant Price", i == 8 ? "" : p.price().toPlainString());
      row.put("Variant Compare At Price", "");
      row.put("Variant Barcode", p.ean());
      row.put("Image Src", second ? "" : p.imageUrl());
      row.put("Image Position", second ? "" : "1");
      row.put("Variant Weight Unit", "g");
      row.put("Status", second ? "" : "active");
      rows.add(row);
    }
    writeCsv(SHOPIFY, StandardCharsets.UTF_8, ',', rows);
  }

  private void writeCsv(
      String name, Charset charset, char delimiter, List<Map<String, String>> rows)
      throws IOException {
    try (Writer out = new OutputStreamWriter(Files.newOutputStream(file(name)), charset);
        CsvWriter csv = CsvWriter.builder().fieldSeparator(delimiter).build(out)) {
      csv.writeRecord(rows.getFirst().keySet());
      for (Map<String, String> row : rows) {
        csv.writeRecord(row.values());
      }
    }
  }

  private void writeWorkbook(List<DemoProduct> products) throws IOException {
    List<Map<String, String>> rows = standardRows(products);
    Mistake.sprinkle(rows, 23);
    Path target = file(WORKBOOK);
    // A workbook carries the time it was made: written again, it would be another upload.
    if (Files.exists(target)) {
      return;
    }
    try (OutputStream out = Files.newOutputStream(target);
        Workbook workbook = new Workbook(out, "Entrepot demo", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Products");
      writeRow(sheet, 0, rows.getFirst().keySet());
      for (int i = 0; i < rows.size(); i++) {
        writeRow(sheet, i + 1, rows.get(i).values());
      }
    }
  }

  /// Numbers as numbers, as a person would have typed them; codes stay text.
  private static void writeRow(Worksheet sheet, int number, Iterable<String> cells) {
    int column = 0;
    for (String cell : cells) {
      if (cell.matches("-?\\d{1,7}(\\.\\d+)?")) {
        sheet.value(number, column, new BigDecimal(cell));
      } else if (!cell.isEmpty()) {
        sheet.value(number, column, cell);
      }
      column++;
    }
  }
}
