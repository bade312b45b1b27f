package dev.entrepot.console.view;

import dev.entrepot.model.Books;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pages of the gallery, by name.
final class GalleryPages {
  private final Gallery gallery;
  private final String assets;

  GalleryPages(String assets) {
    this.gallery = new Gallery(assets);
    this.assets = assets;
  }

  Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("overview", overview());
    pages.put("uploads", uploads());
    pages.put("drop", drop());
    pages.put("running", running());
    pages.put("mend", mend());
    pages.put("product", product());
    pages.put("form", form());
    pages.put("going-on", goingOn());
    pages.put("empty", empty());
    pages.put("sign-in", signIn(null));
    pages.put("sign-in-refused", signIn("The e-mail or the password is wrong. 3 attempts left."));
    pages.put("problem-404", problem(Problem.notFound(frame("Not found", "/nowhere"))));
    pages.put(
        "problem-500",
        problem(
            Problem.broken(
                Frame.bare(assets, "Something broke", "/", Theme.AUTO, "t"),
                "0199f2c4-7a1e-713b")));
    return pages;
  }

  private Frame frame(String title, String path) {
    return gallery.frame(title, path, List.of(), List.of());
  }

  private String overview() {
    return gallery.page(
        frame("Overview", "/overview"),
        gallery.header(
            "Overview", "Wednesday, 4 November 2026", action("Upload a file", Icon.UPLOAD)),
        "<div class=\"stack\">",
        gallery.panel("books", "Today’s books", false, books(Samples.DAY, false)),
        gallery.tag("tag/tiles.jte", "tiles", Samples.tiles(), "label", "Today"),
        "<div class=\"columns\">",
        gallery.panel("c1", "Rows", false, chart(Samples.rowsPerDay())),
        gallery.panel("c2", "Acceptance", false, chart(Samples.acceptance())),
        gallery.panel("c3", "Top errors", false, chart(Samples.topErrors())),
        gallery.panel(
            "latest",
            "Latest",
            false,
            gallery.tag("tag/timeline.jte", "moments", Samples.story(), "label", "Latest")),
        "</div></div>");
  }

  private String uploads() {
    return gallery.page(
        gallery.frame(
            "Uploads",
            "/uploads",
            List.of(),
            List.of(new Flash(Tone.GOOD, "214 rows of products_export_1.csv were approved."))),
        gallery.header(
            "Uploads",
            "Every file that came in, by whichever way.",
            action("Upload a file", Icon.UPLOAD)),
        gallery.tag(
            "tag/tabs.jte",
            "tabs",
            List.of(
                new Tab("All", "?", true, 1_204),
                new Tab("Running", "?state=running", false, 1),
                new Tab("Needs attention", "?state=partial", false, 18)),
            "label",
            "Uploads by state"),
        "<form class=\"filters\" role=\"search\">",
        gallery.field(Field.of(Field.Kind.SEARCH, "q", "Search").placeholder("File, vendor or id")),
        gallery.field(
            Field.select("vendor", "Vendor", List.of(new Option("", "All vendors"))).mandatory()),
        "<button class=\"button is-plain\" type=\"submit\">Filter</button></form>",
        gallery.tag("tag/table.jte", "table", Samples.uploads(), "csrf", "t"));
  }

  private String drop() {
    DropView drop =
        new DropView(
            "/api/v1/uploads",
            "/uploads/{id}",
            ".csv,.tsv,.txt,.gz,.xlsx",
            10_000_000,
            40_000_000,
            "CSV with any common delimiter, gzip of it, or .xlsx. At most 10 MB and 10,000 rows.",
            List.of(
                Field.select(
                        "vendor",
                        "Vendor",
                        List.of(new Option("VEND001", "Aurora Ceramics"), Option.of("VEND002")))
                    .mandatory()));
    return gallery.page(
        gallery.frame(
            "Upload a file",
            "/uploads",
            List.of(new Crumb("Uploads", "/uploads"), Crumb.here("Upload a file")),
            List.of()),
        gallery.header(
            "Upload a file", "You get an upload number at once and can watch every row.", ""),
        gallery.tag("tag/drop.jte", "drop", drop, "csrf", "t"));
  }

  private String running() {
    return gallery.page(
        gallery.frame(
            "spring-catalogue.csv",
            "/uploads/1",
            List.of(new Crumb("Uploads", "/uploads"), Crumb.here("spring-catalogue.csv")),
            List.of()),
        gallery.header(
            "spring-catalogue.csv",
            "Aurora Ceramics",
            gallery.tag("tag/badge.jte", "badge", Badge.of(Tone.BUSY, "Checking rows")),
            gallery.action(
                Action.post("Cancel", "/uploads/1/cancel")
                    .danger("Stop this upload? Rows already written stay."))),
        "<div class=\"stack\"><section data-live=\"/uploads/1/events\">",
        gallery.tag(
            "tag/progress.jte", "label", "Read", "value", 62L, "max", 100L, "live", "percent"),
        "<p class=\"live-line\"><span><b data-live-text=\"percent\">62</b> % read</span>"
            + "<span><b data-live-text=\"rowsPerSecond\">61,400</b> rows per second</span>"
            + "<span data-live-connection></span></p>"
            + "<p class=\"hidden\" role=\"status\" data-live-announce></p>",
        gallery.panel(
            "b1", "Books", false, books(new Books(6_200, 4_100, 900, 40, 0, 1_160), true)),
        "</section>",
        gallery.panel(
            "b2",
            "Books that do not balance",
            false,
            books(new Books(6_200, 4_100, 900, 40, 0, 1_100), false)),
        "<div class=\"columns\">",
        gallery.panel("facts", "Upload", false, facts()),
        gallery.panel(
            "file",
            "File",
            true,
            gallery.tag("tag/lines.jte", "lines", Samples.lines(), "label", "Lines of the file")),
        "</div></div>");
  }

  private String mend() {
    return gallery.page(
        gallery.frame(
            "Mend rows",
            "/uploads/2",
            List.of(
                new Crumb("Uploads", "/uploads"),
                new Crumb("price list Q4 (final).xlsx", "/uploads/2"),
                Crumb.here("Mend rows")),
            List.of()),
        gallery.header(
            "Mend 268 rows",
            "Change the marked cells and send the rows again. The other rows are already in the catalogue.",
            gallery.action(Action.link("Error file (CSV)", "/e.csv").icon(Icon.DOWNLOAD))
                + gallery.action(Action.link("Error file (XLSX)", "/e.xlsx").icon(Icon.DOWNLOAD))),
        gallery.tag("tag/grid.jte", "grid", Samples.mend()));
  }

  private String product() {
    return gallery.page(
        gallery.frame(
            "Stoneware vase",
            "/catalogue/1",
            List.of(new Crumb("Catalogue", "/catalogue"), Crumb.here("Stoneware vase")),
            List.of()),
        gallery.header(
            "Stoneware vase, hand thrown",
            null,
            gallery.tag("tag/badge.jte", "badge", Badge.of(Tone.GOOD, "Published")),
            ""),
        "<div class=\"columns\">",
        gallery.panel("facts", "Product", false, facts()),
        gallery.panel(
            "story",
            "History",
            false,
            gallery.tag("tag/timeline.jte", "moments", Samples.story(), "label", "History")),
        "</div>");
  }

  private String goingOn() {
    return gallery.page(
        frame("Approvals", "/approvals"),
        gallery.header("aurora.csv", "7,000 accepted rows wait still.", ""),
        gallery.tag(
            "tag/part.jte",
            "part",
            new Part.GoingOn(
                FormView.of("going-on", "/approvals/1", "Go on").hidden("deed", "approve-all")),
            "csrf",
            "t"));
  }

  private String form() {
    return gallery.page(
        gallery.frame(
            "Edit vendor",
            "/vendors/1",
            List.of(new Crumb("Vendors", "/vendors"), Crumb.here("Aurora Ceramics")),
            List.of(new Flash(Tone.BAD, "Not saved: one field needs a look."))),
        gallery.header("Aurora Ceramics", null, ""),
        "<form method=\"post\" action=\"/vendors/1\">",
        gallery.panel("vendor", "Vendor", false, "<div class=\"fields\">" + fields() + "</div>"),
        "<div class=\"form-foot\"><button class=\"button is-primary\">Save</button>",
        "<button class=\"button is-plain\" type=\"button\" data-dialog-open=\"ask\">Open dialog</button>",
        "</div></form><p class=\"form-foot\">",
        gallery.action(
            Action.post("Suspend vendor", "/x")
                .danger(
                    "Suspend Aurora Ceramics? Its uploads are refused until it is active again.")),
        "</p>",
        gallery.tag(
            "tag/dialog.jte",
            "id",
            "ask",
            "title",
            "Test the rule",
            "content",
            Gallery.raw("<p>Against the last 500 rows of this vendor.</p>"),
            "foot",
            Gallery.raw("<button class=\"button is-primary\">Test</button>")));
  }

  private String fields() {
    return gallery.field(Field.text("name", "Name").mandatory().value("Aurora Ceramics"))
        + gallery.field(
            Field.of(Field.Kind.EMAIL, "mail", "Mail for reports")
                .value("reports@aurora")
                .error("“reports@aurora” is not a mail address. Write it like name@example.com."))
        + gallery.field(
            Field.select(
                    "policy",
                    "A known SKU is",
                    List.of(new Option("reject", "rejected"), new Option("update", "updated")))
                .help("What happens when a file brings a product that is already there.")
                .mandatory())
        + gallery.field(Field.of(Field.Kind.NUMBER, "rows", "Rows per upload").value("10000"))
        + "<div class=\"is-all\">"
        + gallery.field(
            Field.of(Field.Kind.CODE, "rule", "Rule")
                .value("price > cost * 1.1")
                .help("An expression over the row, true when the row is good."))
        + "</div>"
        + gallery.field(
            Field.of(Field.Kind.SWITCH, "approval", "Rows wait for approval")
                .checked(true)
                .help("An operator looks at every accepted row before it is written."))
        + gallery.field(Field.of(Field.Kind.CHECKBOX, "notify", "Tell the vendor by mail"));
  }

  private String empty() {
    TableView table =
        TableView.of(
            "vendors",
            "Vendors",
            List.of(Column.title("Vendor")),
            List.of(),
            new Empty(
                Icon.VENDORS,
                "No vendors yet",
                "A vendor hands in product files. Add the first one to take in a file.",
                Action.link("Add a vendor", "/vendors/new").primary().icon(Icon.PLUS)));
    return gallery.page(
        frame("Vendors", "/vendors"),
        gallery.header("Vendors", null, ""),
        gallery.tag("tag/table.jte", "table", table));
  }

  private String signIn(@Nullable String error) {
    Frame frame = Frame.bare(assets, "Sign in", "/sign-in", Theme.AUTO, "t");
    return problem(
        new SignIn(
            frame,
            "/sign-in",
            error == null ? "" : "ines@harbour.example",
            error,
            "/",
            List.of(
                new SignIn.DemoAccount("Operator", "operator@demo.example", "harbour-4417"),
                new SignIn.DemoAccount("Supplier", "aurora@demo.example", "ceramics-2291"))));
  }

  private static String problem(View view) {
    return new String(new Templates().render(view), StandardCharsets.UTF_8);
  }

  private String books(Books books, boolean live) {
    return gallery.tag("tag/books.jte", "books", new BooksView(books), "live", live);
  }

  private String chart(ChartData chart) {
    return gallery.tag("tag/chart.jte", "chart", chart);
  }

  private String facts() {
    return gallery.tag(
        "tag/facts.jte",
        "facts",
        List.of(
            new Fact("Upload", Cell.code("0199f2c4-7a1e-713b-9c22-1f0a77d3c001")),
            new Fact("Vendor", Cell.link("Aurora Ceramics", "/vendors/1")),
            new Fact("State", Cell.badge(Tone.GOOD, "Completed")),
            new Fact("Received", Cell.time(Samples.NOW)),
            new Fact("Way in", new Cell.Words(List.of("portal", "csv", "utf-8"))),
            new Fact("Launch date", Cell.text(null)),
            new Fact("Books", new Cell.Bar(Samples.UPLOAD))));
  }

  private String action(String label, Icon icon) {
    return gallery.action(Action.link(label, "/uploads/new").primary().icon(icon));
  }
}
