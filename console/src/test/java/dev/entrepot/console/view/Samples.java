package dev.entrepot.console.view;

import dev.entrepot.model.Books;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sample data of the gallery: a trading house, its vendors and their files.
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-04T13:05:09Z");
  static final Books DAY = new Books(48_210, 31_902, 12_640, 1_408, 260, 2_000);
  static final Books UPLOAD = new Books(10_000, 7_412, 1_630, 268, 90, 600);

  private Samples() {}

  static List<Tile> tiles() {
    return List.of(
        Tile.of("Rows today", "48,210").note("19 uploads").href("/uploads"),
        Tile.of("Accepted", "96.9 %").note("median 94.2 %").tone(Tone.GOOD),
        Tile.of("Rejected", "1,408").note("in 7 uploads").href("/errors"),
        Tile.of("Waiting for approval", "2,000").note("oldest 3 h 20 min").tone(Tone.WARN),
        Tile.of("Rows per second", "61,400").note("last upload"));
  }

  static TableView uploads() {
    List<TableView.Row> rows = new ArrayList<>();
    rows.add(
        upload(
            1,
            "spring-catalogue.csv",
            "Aurora Ceramics",
            Tone.BUSY,
            "Parsing",
            new Books(6_200, 4_100, 900, 40, 0, 1_160),
            2));
    rows.add(
        upload(
            2, "price list Q4 (final).xlsx", "Lindqvist & Søn", Tone.WARN, "Partial", UPLOAD, 31));
    rows.add(
        upload(
            3,
            "stock.csv.gz",
            "Terra Nova Foods",
            Tone.GOOD,
            "Completed",
            new Books(21_400, 2_310, 19_090, 0, 0, 0),
            55));
    rows.add(
        upload(
            4,
            "products_export_1.csv",
            "Boreal Outdoor",
            Tone.WAIT,
            "Waiting for approval",
            new Books(2_000, 0, 0, 0, 0, 2_000),
            200));
    rows.add(
        upload(
            5,
            "neu-sortiment-münchen.csv",
            "Kessler Werkzeuge",
            Tone.BAD,
            "Failed",
            new Books(812, 0, 0, 812, 0, 0),
            1_500));
    rows.add(
        upload(
            6,
            "articles.csv",
            "Papeterie du Port",
            Tone.GOOD,
            "Completed",
            new Books(318, 290, 20, 8, 0, 0),
            4_000));
    return TableView.of(
            "uploads",
            "Uploads, newest first",
            List.of(
                Column.title("File"),
                Column.text("Vendor"),
                Column.text("State"),
                Column.number("Rows").sorted(Column.Direction.NONE, "?sort=rows"),
                Column.number("Rejected").sorted(Column.Direction.NONE, "?sort=rejected"),
                Column.text("Books"),
                Column.text("Received").sorted(Column.Direction.DESCENDING, "?sort=-received")),
            rows,
            Empty.of(Icon.UPLOAD, "No uploads yet", "Files appear here as soon as one arrives."))
        .paged(new Paging("6 of 1,204 uploads", null, "?after=6"));
  }

  private static TableView.Row upload(
      int id, String file, String vendor, Tone tone, String state, Books books, int minutes) {
    return TableView.Row.of(
        "u" + id,
        Cell.link(file, "/uploads/" + id, "0199f2c4-7a1e-7" + id + "3b"),
        Cell.text(vendor),
        Cell.badge(tone, state),
        Cell.count(books.received()),
        Cell.count(books.rejected()),
        new Cell.Bar(books),
        Cell.ago(NOW.minus(minutes, ChronoUnit.MINUTES)));
  }

  static ChartData rowsPerDay() {
    return new ChartData(
        "rows-per-day",
        "Rows per day, last two weeks",
        ChartData.Kind.STACK,
        "Day",
        List.of(
            "22 Oct", "23 Oct", "24 Oct", "25 Oct", "26 Oct", "27 Oct", "28 Oct", "29 Oct",
            "30 Oct", "31 Oct", "1 Nov", "2 Nov", "3 Nov", "4 Nov"),
        List.of(
            ChartData.Series.of(
                "Written",
                ChartData.Ink.WRITTEN,
                List.of(
                    18_200L, 22_100L, 9_400L, 3_100L, 24_800L, 31_000L, 27_400L, 26_100L, 29_900L,
                    8_800L, 2_900L, 33_400L, 36_100L, 31_902L)),
            ChartData.Series.of(
                "Unchanged",
                ChartData.Ink.UNCHANGED,
                List.of(
                    9_000L, 8_100L, 3_000L, 900L, 10_100L, 11_000L, 9_800L, 12_100L, 10_400L,
                    2_100L, 700L, 12_300L, 14_000L, 12_640L)),
            ChartData.Series.of(
                "Rejected",
                ChartData.Ink.REJECTED,
                List.of(
                    1_900L, 900L, 400L, 90L, 2_400L, 1_100L, 1_300L, 800L, 2_800L, 300L, 60L,
                    1_900L, 1_000L, 1_408L))),
        "rows");
  }

  static ChartData acceptance() {
    return new ChartData(
        "acceptance",
        "Share of rows accepted per day",
        ChartData.Kind.LINE,
        "Day",
        List.of("29 Oct", "30 Oct", "31 Oct", "1 Nov", "2 Nov", "3 Nov", "4 Nov"),
        List.of(
            ChartData.Series.measured(
                "Accepted",
                ChartData.Ink.ACCENT,
                List.of("97.9", "93.5", "97.3", "98.4", "96.0", "98.0", "96.9").stream()
                    .map(BigDecimal::new)
                    .toList())),
        "%");
  }

  static ChartData topErrors() {
    return new ChartData(
        "top-errors",
        "Rows by first error, today",
        ChartData.Kind.RANK,
        "Error",
        List.of(
            "Invalid category",
            "Duplicate SKU",
            "Invalid price",
            "Missing required fields",
            "Invalid EAN"),
        List.of(
            ChartData.Series.of(
                "Rows", ChartData.Ink.REJECTED, List.of(612L, 388L, 240L, 121L, 47L))),
        "rows");
  }

  static GridView mend() {
    List<GridView.Head> heads =
        List.of(
            new GridView.Head("vendor_product_id", "Vendor product ID", false),
            new GridView.Head("sku", "SKU", false),
            new GridView.Head("product_name", "Product name", false),
            new GridView.Head("category", "Category", false),
            new GridView.Head("price", "Price", true),
            new GridView.Head("stock_quantity", "Stock", true),
            new GridView.Head("weight_kg", "Weight kg", true),
            new GridView.Head("brand", "Brand", false));
    return new GridView(
        "0199f2c4-7a1e",
        "Failed rows of price list Q4 (final).xlsx",
        "/uploads/2/mend",
        "/uploads/{id}",
        null,
        "/uploads/2/rows/{row}",
        heads,
        List.of(
            failed(
                14,
                Map.of("category", "Tablewear", "price", "24,90"),
                Map.of(
                    "category",
                    List.of("No such category. The nearest is “Tableware”."),
                    "price",
                    List.of("“24,90” is not a number. Write 24.90."))),
            failed(
                37,
                Map.of("price", "0"),
                Map.of("price", List.of("Must be between 0.01 and 999,999.99."))),
            failed(38, Map.of("sku", ""), Map.of("sku", List.of("Must be filled in."))),
            failed(
                112,
                Map.of("sku", "AUR-0038"),
                Map.of("sku", List.of("Already used by row 38 of this file."))),
            failed(
                240,
                Map.of("stock_quantity", "12.5", "weight_kg", "-1"),
                Map.of(
                    "stock_quantity",
                    List.of("Must be a whole number."),
                    "weight_kg",
                    List.of("Must be more than 0."))),
            failed(
                241,
                Map.of("product_name", "=HYPERLINK(\"https://evil.example\",\"Vase\")"),
                Map.of("category", List.of("“Vases” is not active. The nearest is “Home”.")))),
        new Paging("6 of 268 failed rows", null, "?after=241"));
  }

  private static GridView.Row failed(
      long number, Map<String, String> other, Map<String, List<String>> problems) {
    Map<String, String> values = new java.util.HashMap<>();
    values.put("vendor_product_id", "VP-" + (10_000 + number));
    values.put("sku", "AUR-" + String.format(java.util.Locale.ROOT, "%04d", number));
    values.put("product_name", "Stoneware vase, hand thrown, ash glaze");
    values.put("category", "Home");
    values.put("price", "49.00");
    values.put("stock_quantity", "120");
    values.put("weight_kg", "1.2");
    values.put("brand", "Aurora");
    values.putAll(other);
    return new GridView.Row(number, number, values, problems, List.of());
  }

  static List<Moment> story() {
    return List.of(
        new Moment(
            NOW,
            "Price and stock changed",
            Tone.GOOD,
            Icon.CHECK,
            "Aurora Ceramics",
            "By upload spring-catalogue.csv, row 14.",
            List.of(
                new Change("price", "24.50", "24.90"),
                new Change("stock_quantity", "120", "96"),
                new Change("compare_at_price", null, "29.90")),
            "/uploads/1"),
        new Moment(
            NOW.minus(2, ChronoUnit.DAYS),
            "Rejected: price moved too far",
            Tone.BAD,
            Icon.CROSS,
            "Aurora Ceramics",
            "From 24.50 to 245.00, ten times the last accepted price.",
            List.of(),
            "/uploads/1"),
        new Moment(
            NOW.minus(9, ChronoUnit.DAYS),
            "Approved",
            Tone.INFO,
            Icon.APPROVALS,
            "Ines Duarte",
            null,
            List.of(),
            null),
        new Moment(
            NOW.minus(10, ChronoUnit.DAYS),
            "Waiting for approval",
            Tone.WAIT,
            Icon.CLOCK,
            null,
            "First seen in neu.csv, row 3.",
            List.of(),
            null));
  }

  static List<Line> lines() {
    return List.of(
        new Line(12, "VP-12;AUR-12;Bowl, large;Home;19.00;40", Line.Mark.NONE, null),
        new Line(13, "VP-13;AUR-13;Bowl, small;Home;14.00;44", Line.Mark.NONE, null),
        new Line(
            14,
            "VP-14;AUR-14;Vase;Tablewear;24,90;120",
            Line.Mark.MEANT,
            "category: no such category; price: “24,90” is not a number"),
        new Line(14, "VP-14;AUR-14;Vase;Tablewear;24,90;120", Line.Mark.REMOVED, null),
        new Line(14, "VP-14;AUR-14;Vase;Tableware;24.90;120", Line.Mark.ADDED, null),
        new Line(
            15, "VP-15;AUR-15;Plate <script>alert(1)</script>;Home;9.00;12", Line.Mark.NONE, null));
  }
}
