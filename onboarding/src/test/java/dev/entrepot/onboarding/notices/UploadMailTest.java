package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.uploads.ApprovalTotals;
import dev.entrepot.onboarding.uploads.Upload;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class UploadMailTest {
  private static final Set<String> TAGS =
      Set.of("html", "head", "meta", "title", "body", "div", "p", "table", "tr", "td", "h2", "a");

  private static UploadMail mail(Upload upload) {
    return new UploadMail(
        Finished.vendor("Acme & Sons", "a@example.com", null),
        upload,
        Finished.LINKS.uploadPage(upload.id()),
        upload.books().rejected() > 0 ? Finished.LINKS.errorReport(upload.id()) : null,
        null);
  }

  @Test
  void aPartlyAcceptedFile() {
    Upload upload = Finished.partial("products.csv");
    UploadMail mail = mail(upload);
    assertThat(mail.subject()).isEqualTo("Product upload complete - products.csv (92.9% accepted)");
    assertThat(mail.text())
        .isEqualTo(
            """
            1 of 14 rows could not be accepted. Mend them in the error file and send it again as it is.

            File:                 products.csv
            Vendor:               Acme & Sons (VEND001)
            Upload:               %1$s
            Status:               partial
            Finished:             20 November 2026, 10:00 UTC
            Rows:                 14
            Accepted:             13 (92.9%%)
            Rejected:             1 (7.1%%)
            Unchanged:            1
            Warnings:             2

            Most frequent errors (of each row the first)
              INVALID_PRICE: 1 row

            The rejected rows, with what is wrong (link good for 7 days):
            https://hub.example.com/errors/%1$s?a=1&sig=x

            This upload in the portal:
            https://hub.example.com/uploads/%1$s
            """
                .formatted(upload.id()));
    assertThat(mail.html())
        .contains("Acme &amp; Sons (VEND001)", "?a=1&amp;sig=x\"", "INVALID_PRICE", "92.9%");
  }

  @Test
  void rowsThatWaitAreSaidToWait() {
    UploadMail mail =
        mail(
            Finished.upload(
                "a.csv",
                Upload.State.PARTIAL,
                null,
                new Books(14, 0, 0, 1, 0, 13),
                List.of(new Upload.ProblemCount("INVALID_PRICE", 1))));
    assertThat(mail.subject())
        .isEqualTo("Product upload checked - a.csv (13 rows wait for approval)");
    assertThat(mail.text())
        .contains(
            "send it again as it is. 13 rows wait for approval before reaching the catalogue;",
            "partial, waiting for approval",
            "0 (0.0%)",
            "Waiting for approval: 13 (92.9%)");
  }

  @Test
  void reasonsOfOperatorsStayText() {
    Upload upload = Finished.partial("a.csv");
    UploadMail mail =
        new UploadMail(
            Finished.vendor("Acme", null, null),
            upload,
            Finished.LINKS.uploadPage(upload.id()),
            null,
            new ApprovalTotals(
                0, 2, 0, 1, List.of(new ApprovalTotals.Reason("no <b>\r\nBcc: x", 2))));
    assertThat(mail.subject()).isEqualTo("Product approval - a.csv (2 declined)");
    assertThat(mail.text())
        .startsWith(
            "Of the rows that waited for approval, 2 rows were declined. 1 row waits still.\n")
        .contains("\nWhy rows were declined\n  no <b>  Bcc: x: 2 rows\n");
    assertThat(mail.html()).contains("no &lt;b&gt;  Bcc: x");
  }

  @Test
  void aFailedFile() {
    UploadMail mail = mail(Finished.failed("a.csv", "the column \"sku\" is missing; add it"));
    assertThat(mail.subject()).isEqualTo("Product upload failed - a.csv");
    assertThat(mail.text())
        .startsWith("Your file could not be used: the column \"sku\" is missing; add it (row 1)\n")
        .doesNotContain("The rejected rows");
    assertThat(mail.html()).doesNotContain("Download the");
  }

  @Test
  void nothingAcceptedIsFailedToo() {
    UploadMail mail =
        mail(
            Finished.upload(
                "a.csv",
                Upload.State.FAILED,
                null,
                new Books(3, 0, 0, 3, 0, 0),
                List.of(new Upload.ProblemCount("INVALID_SKU", 3))));
    assertThat(mail.subject()).isEqualTo("Product upload failed - a.csv");
    assertThat(mail.text()).contains("Rejected:             3 (100.0%)", "INVALID_SKU: 3 rows");
  }

  @Test
  void aWholeIsOnlySaidOfAWhole() {
    assertThat(mail(sized(999_999, 1)).subject()).endsWith("(99.9% accepted)");
    assertThat(mail(sized(1, 999_999)).subject()).endsWith("(0.1% accepted)");
    assertThat(mail(sized(1_000_000, 0)).subject()).endsWith("(100.0% accepted)");
    assertThat(mail(sized(1_000_000, 0)).text()).contains("Rows:                 1,000,000");
  }

  @Test
  void ofNoRowsThereIsNoShare() {
    UploadMail mail =
        mail(
            Finished.upload(
                "a.csv", Upload.State.COMPLETED, null, new Books(3, 0, 0, 0, 3, 0), List.of()));
    assertThat(mail.subject()).isEqualTo("Product upload complete - a.csv (no rows accepted)");
    assertThat(mail.text())
        .startsWith("No row of your file was accepted or rejected: all were left out on purpose.\n")
        .contains("Accepted:             0\n", "Skipped:              3\n");
  }

  private static Upload sized(long written, long rejected) {
    return Finished.upload(
        "a.csv",
        Upload.State.PARTIAL,
        null,
        new Books(written + rejected, written, 0, rejected, 0, 0),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("dev.entrepot.onboarding.notices.NaughtyStrings#all")
  void naughtyTextStaysText(String naughty) throws Exception {
    Upload upload = Finished.failed(naughty, naughty);
    UploadMail mail =
        new UploadMail(
            Finished.vendor(naughty, null, null),
            upload,
            Finished.LINKS.uploadPage(upload.id()),
            null,
            null);
    assertThat(mail.subject()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e]");
    Document html = parsed(mail.html());
    assertThat(tags(html)).isSubsetOf(TAGS);
    assertThat(html.getElementsByTagName("td").item(1).getTextContent())
        .isEqualTo(Display.line(naughty, 250));
    assertThat(mail.text().lines().filter(line -> line.startsWith("Status:"))).hasSize(1);
    assertThat(mail.text().lines()).hasSize(14);
  }

  private static Document parsed(String html)
      throws SAXException, IOException, ParserConfigurationException {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static Set<String> tags(Document document) {
    NodeList elements = document.getElementsByTagName("*");
    Set<String> tags = new TreeSet<>();
    for (int i = 0; i < elements.getLength(); i++) {
      tags.add(elements.item(i).getNodeName());
    }
    return tags;
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    assertThat(Display.line("🎉".repeat(10), 5)).isEqualTo("🎉🎉…");
    assertThat(Display.line("abc", 3)).isEqualTo("abc");
    assertThat(Display.line("abcd", 3)).isEqualTo("ab…");
    assertThat(Display.line("", 3)).isEmpty();
    assertThat(Display.line("a\r\nBcc: x\u202Egpj", 50)).isEqualTo("a  Bcc: x\uFFFDgpj");
  }
}
