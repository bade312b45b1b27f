package dev.entrepot.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Renders every component into the pages of a gallery, `target/gallery`, which can be served and
/// looked at, and checks what must hold for all of them.
class FrameTest {
  private static final Path GALLERY = Path.of("target", "gallery");
  private static final Assets ASSETS = Assets.load();
  private static final Map<String, String> PAGES = new GalleryPages(ASSETS.prefix()).all();

  @BeforeAll
  static void write() throws IOException {
    for (Map.Entry<String, Asset> asset : ASSETS.all().entrySet()) {
      Path file = GALLERY.resolve(ASSETS.prefix().substring(1) + asset.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, asset.getValue().plain());
    }
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      Files.writeString(GALLERY.resolve(page.getKey() + ".html"), page.getValue());
    }
  }

  @Test
  void needsNothingThatAStrictContentSecurityPolicyForbids() {
    PAGES.forEach((name, html) -> {
      assertThat(html).as(name).doesNotContainPattern("<[^>]+\\sstyle=");
      assertThat(html).as(name).doesNotContainPattern("<[^>]+\\son[a-z]+=");
      assertThat(html).as(name).doesNotContainPattern("<script(?![^>]*\\ssrc=)");
      assertThat(html).as(name).doesNotContain("javascript:", "<style");
    });
  }

  @Test
  void findsEveryAssetItNames() {
    Pattern address = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");
    PAGES.forEach((name, html) -> {
      Matcher found = address.matcher(html);
      while (found.find()) {
        assertThat(ASSETS.find(found.group(1))).as(name + ": " + found.group(1)).isPresent();
        assertThat(ASSETS.lasting(found.group(1))).isTrue();
      }
    });
  }

  @Test
  void givesEveryIdOnce() {
    Pattern id = Pattern.compile("\\sid=\"([^\"]+)\"");
    PAGES.forEach((name, html) -> {
      Set<String> seen = new HashSet<>();
      Matcher found = id.matcher(html);
      while (found.find()) {
        assertThat(seen.add(found.group(1))).as(name + ": " + found.group(1)).isTrue();
      }
    });
  }

  @Test
  void namesEveryControl() {
    Pattern control = Pattern.compile("<(?:input|select|textarea)\\b[^>]*>");
    PAGES.forEach((name, html) -> {
      Matcher found = control.matcher(html);
      while (found.find()) {
        String tag = found.group();
        Matcher id = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(tag);
        boolean named =
            tag.contains("type=\"hidden\"")
                || tag.contains("aria-label=")
                || (id.find() && html.contains("for=\"" + id.group(1) + "\""));
        assertThat(named).as(name + ": " + tag).isTrue();
      }
    });
  }

  @Test
  void showsHostileTextHarmlessly() {
    String hostile = "\"><script>alert(1)</script>'`${7*7}";
    Gallery gallery = new Gallery(ASSETS.prefix());
    TableView table =
        TableView.of(
            "t",
            hostile,
            List.of(Column.title(hostile), Column.text("a"), Column.text("b")),
            List.of(
                TableView.Row.of(
                    "1",
                    Cell.link(hostile, "/x?q=" + hostile),
                    Cell.code(hostile),
                    Cell.text(hostile))),
            Empty.of(Icon.FILE, "", ""));
    String html =
        gallery.tag("tag/table.jte", "table", table)
            + gallery.tag(
                "tag/field.jte", "field", Field.text("f", hostile).value(hostile).error(hostile))
            + gallery.tag(
                "tag/grid.jte",
                "grid",
                new GridView(
                    hostile,
                    hostile,
                    "/a",
                    "/p",
                    "/c",
                    "/r/{row}",
                    List.of(new GridView.Head("c", hostile, false)),
                    List.of(
                        new GridView.Row(
                            1,
                            1,
                            Map.of("c", hostile),
                            Map.of("c", List.of(hostile)),
                            List.of(hostile))),
                    null))
            + gallery.tag("tag/lines.jte", "lines", Line.of(hostile), "label", hostile);
    assertThat(html).doesNotContain("<script", hostile).contains("&lt;script&gt;");
  }

  @Test
  void drawsTheBooksInProportion() {
    BooksView books = new BooksView(Samples.UPLOAD);
    assertThat(books.difference()).isZero();
    assertThat(books.parts())
        .extracting(BooksView.Part::width)
        .containsExactly("74.120%", "16.300%", "2.680%", "0.900%", "6.000%");
    assertThat(books.sentence())
        .isEqualTo(
            "10,000 received: 7,412 written, 1,630 unchanged, 268 rejected, 90 skipped,"
                + " 600 pending. Balanced.");
  }

  @Test
  void saysWhenTheBooksDoNotBalance() {
    assertThat(new BooksView(new dev.entrepot.model.Books(10, 4, 0, 3, 0, 0)).verdict())
        .isEqualTo("Not balanced: 3 unaccounted for");
    assertThat(new BooksView(new dev.entrepot.model.Books(1, 4, 0, 0, 0, 0)).verdict())
        .isEqualTo("Not balanced: 3 too many");
  }

  @Test
  void refusesARowThatDoesNotFitItsTable() {
    Empty empty = Empty.of(Icon.FILE, "", "");
    List<TableView.Row> rows = List.of(TableView.Row.of("7", Cell.text("one")));
    List<Column> columns = List.of(Column.title("a"), Column.text("b"));
    assertThatThrownBy(() -> TableView.of("t", "", columns, rows, empty))
        .hasMessage("row '7' of table 't' has 1 cells for 2 columns: give one cell per column");
  }

  @Test
  void rendersThePagesThatStandAlone() {
    Templates templates = new Templates();
    Frame frame = Frame.bare(ASSETS.prefix(), "Sign in", "/sign-in", Theme.DARK, "t");
    String html =
        new String(
            templates.render(new SignIn(frame, "/sign-in", "", null, "/", List.of())),
            StandardCharsets.UTF_8);
    assertThat(html).startsWith("<!doctype html>").contains("data-theme=\"dark\"");
    assertThat(new String(templates.render(Problem.notFound(frame)), StandardCharsets.UTF_8))
        .contains(">404<");
  }
}
