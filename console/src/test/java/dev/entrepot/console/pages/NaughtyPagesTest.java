package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.contract.SharedData;
import dev.entrepot.onboarding.uploads.Upload;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The Big List of Naughty Strings, as names of products, on the pages that show them.
class NaughtyPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity\n";
  private static final int LONGEST = 200;

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("NAUGHTY");
    CONSOLE.vendor("PLAIN");
    CONSOLE.category("kitchen");
    for (String name : List.of("PLAIN-1", "PLAIN-2", "NAUGHTY-1", "NAUGHTY-2")) {
      CONSOLE.account(name + "@example.com", Role.ADMIN, null);
    }
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static List<String> strings() throws IOException {
    List<String> all =
        JsonMapper.builder()
            .build()
            .readValue(
                Files.readString(SharedData.required("naughty").resolve("blns.json")),
                new TypeReference<>() {});
    return all.stream().filter(text -> !text.isBlank() && text.length() <= LONGEST).toList();
  }

  /// As long, and with the same lines, but harmless.
  private static String tamed(String text) {
    return text.codePoints()
        .map(letter -> Character.isWhitespace(letter) ? letter : 'x')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// A page, and what it must show.
  private record Shown(String path, Document page, List<String> texts) {}

  /// Every string is the name of a rejected row and of a product. No account asks so often that it
  /// is told to go slower.
  ///
  /// @param opened which of them are opened on pages of their own
  private static List<Shown> shown(String vendor, List<String> names, List<Integer> opened)
      throws Exception {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).replace("\"", "\"\"");
      csv.append("R%1$d,\"%2$s\",kitchen,%3$s-R%1$d,ten,3\n".formatted(i, name, vendor));
      csv.append("P%1$d,\"%2$s\",kitchen,%3$s-P%1$d,1.00,3\n".formatted(i, name, vendor));
    }
    Visit admin = Visit.of(CONSOLE, vendor + "-1@example.com");
    Upload upload = admin.sent(CONSOLE, vendor, csv.toString());
    assertThat(upload.books().received()).isEqualTo(2L * names.size());
    List<Shown> shown = new ArrayList<>();
    shown.addAll(listed(admin, "/uploads/" + upload.id() + "/rows", names));
    shown.addAll(listed(admin, "/products?vendor=" + vendor, products(vendor, names)));
    for (int i : opened) {
      String name = names.get(i);
      shown.add(page(admin, "/uploads/" + upload.id() + "/rows/" + (2 * i + 1), List.of(name)));
      var product = CONSOLE.onboarding().catalogue().findBySku(vendor + "-P" + i);
      if (product.isPresent()) {
        shown.add(page(admin, "/products/" + product.get().id(), List.of(name)));
      }
    }
    Visit other = Visit.of(CONSOLE, vendor + "-2@example.com");
    for (int i : opened) {
      shown.add(page(other, "/products?q=" + encoded(names.get(i)), List.of(names.get(i))));
      shown.add(page(other, "/trace?key=" + encoded(names.get(i)), List.of(names.get(i))));
    }
    return shown;
  }

  /// The names that became products: all but a few that rules of the catalogue refuse.
  private static List<String> products(String vendor, List<String> names) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (CONSOLE.onboarding().catalogue().findBySku(vendor + "-P" + i).isPresent()) {
        written.add(names.get(i));
      }
    }
    assertThat(written.size()).isGreaterThan(names.size() - 30);
    return written;
  }

  /// A list, from page to page, which shows all of the texts on one of them.
  private static List<Shown> listed(Visit visit, String first, List<String> texts) {
    List<Shown> pages = new ArrayList<>();
    StringBuilder visible = new StringBuilder();
    for (String next = first; !next.isEmpty(); ) {
      Shown page = page(visit, next, List.of());
      pages.add(page);
      visible.append(visible(page.page())).append('\n');
      Element more = page.page().select(".paging a:contains(Next page)").first();
      next = more == null ? "" : more.attr("href");
    }
    assertThat(pages).hasSizeGreaterThan(1);
    for (String text : texts) {
      assertThat(visible).as(first).contains(plain(text));
    }
    return pages;
  }

  private static Shown page(Visit visit, String path, List<String> texts) {
    Reply reply = visit.open(path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    assertThat(reply.header("Content-Security-Policy")).contains("default-src 'self'");
    return new Shown(path, Jsoup.parse(reply.text()), texts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What a page is made of: its elements, and the names of their attributes.
  private static Set<String> parts(Document page) {
    Set<String> parts = new HashSet<>();
    for (Element element : page.getAllElements()) {
      parts.add(element.tagName());
      element.attributes().forEach(one -> parts.add(element.tagName() + " " + one.getKey()));
    }
    return parts;
  }

  private static String visible(Document page) {
    StringBuilder text = new StringBuilder(page.wholeText());
    for (Element element : page.getAllElements()) {
      element.attributes().forEach(one -> text.append('\n').append(one.getValue()));
    }
    return plain(text.toString());
  }

  /// Without what a page may write otherwise: spaces, and characters that are not to be seen.
  private static String plain(String text) {
    return text.replaceAll("[\\s\\p{Z}\\p{C}\uFFFD]+", "");
  }

  private static void assertLeadsNowhereElse(Shown one) {
    for (String attribute : List.of("href", "src", "action", "formaction", "hx-get", "hx-post")) {
      for (Element element : one.page().select("[" + attribute + "]")) {
        assertThat(element.attr(attribute)).as(one.path()).matches("(?s)([/#?].*)?");
        assertThat(element.attr(attribute)).as(one.path()).doesNotStartWith("//");
      }
    }
  }

  @Test
  void naughtyStringsAreShownAsTheTextTheyAre() throws Exception {
    List<String> strings = strings();
    assertThat(strings).hasSizeGreaterThan(400);
    List<Integer> markup =
        IntStream.range(0, strings.size())
            .filter(i -> strings.get(i).contains("<"))
            .boxed()
            .toList();
    assertThat(markup).hasSizeBetween(100, 240);
    List<Integer> some =
        markup.stream().filter(i -> i % 8 == 0 || strings.get(i).length() >= 80).toList();
    Set<String> known =
        shown("PLAIN", strings.stream().map(NaughtyPagesTest::tamed).toList(), some).stream()
            .flatMap(one -> parts(one.page()).stream())
            .collect(Collectors.toSet());
    for (Shown one : shown("NAUGHTY", strings, markup)) {
      assertThat(known).as(one.path()).containsAll(parts(one.page()));
      assertLeadsNowhereElse(one);
      String visible = visible(one.page());
      for (String text : one.texts()) {
        assertThat(visible).as(one.path()).contains(plain(text));
      }
    }
  }
}
