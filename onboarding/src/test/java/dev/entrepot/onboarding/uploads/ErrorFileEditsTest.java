package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An error file shows some values twice. No edit is lost without a word, whichever place it is in.
class ErrorFileEditsTest {
  private static final String ROW = "A-1,Red car,Toys,,Fast,SKU-1,Acme,ten,,5,,\n";
  private static final String REPORTED = ",ten,5,Acme,Fast,";
  private static final String OWN = ",SKU-1,Acme,ten,,5,,";

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys")).started();
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private String report() {
    String report = world.errors(world.upload("ACME", "products.csv", World.HEADER + ROW).id());
    assertThat(report).contains(REPORTED).contains(OWN);
    return report;
  }

  private List<Problem> problems(Upload upload) {
    assertThat(upload.books().rejected()).isEqualTo(1);
    return world.rejected(upload.id()).getFirst().problems();
  }

  private Product product() {
    return world.catalogue.findBySku("SKU-1").orElseThrow();
  }

  @Test
  void twoEditsThatContradictEachOtherAreTold() {
    String report = report();
    Upload again =
        world.upload(
            "ACME",
            "mended.csv",
            report.replace(REPORTED, ",10.50,5,Acme,Fast,").replace(OWN, ",SKU-1,Acme,11.00,,5,,"));
    assertThat(problems(again))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("CONTRADICTING_EDITS");
          assertThat(problem.field()).isEqualTo(Field.PRICE);
          assertThat(problem.message())
              .isEqualTo(
                  "the report's column \"Price\" was changed to \"10.50\", but the file's column"
                      + " \"price\" says \"11.00\"; write what is right into both");
        });
    assertThat(world.catalogue.findBySku("SKU-1")).isEmpty();
    world.audited();
  }

  @Test
  void theSameValueInBothPlacesIsNoContradiction() {
    Upload again =
        world.upload(
            "ACME",
            "mended.csv",
            report()
                .replace(REPORTED, ",10.5,5,Acme,Fast,")
                .replace(OWN, ",SKU-1,Acme,10.50,,5,,"));
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().price()).isEqualByComparingTo("10.50");
  }

  @Test
  void editsOfOtherFieldsInEitherPlaceAllCount() {
    Upload again =
        world.upload(
            "ACME",
            "mended.csv",
            report()
                .replace(REPORTED, ",10.50,5,Acme Ltd,Fast,")
                .replace(OWN, ",SKU-1,Acme,ten,,6,,"));
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().brand()).isEqualTo("Acme Ltd");
    assertThat(product().stockQuantity()).isEqualTo(6);
  }

  @Test
  void whatIsEmptiedInOnePlaceAloneIsTold() {
    Upload again = world.upload("ACME", "m.csv", report().replace(REPORTED, ",10.50,5,,Fast,"));
    assertThat(problems(again))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.message())
                .isEqualTo(
                    "the report's column \"Brand\" was emptied, but the file's column \"brand\" says"
                        + " \"Acme\"; empty both, or fill in both"));
    assertThat(world.rejected(again.id()).getFirst().values()).containsEntry("price", "10.50");
  }

  @Test
  void reportColumnsThatWereAllClearedSayNothing() {
    String report = report();
    int from = report.indexOf("2,A-1,SKU-1,");
    int to = report.indexOf("A-1,Red car,Toys,,Fast");
    assertThat(from).isPositive().isLessThan(to);
    Upload again =
        world.upload(
            "ACME",
            "mended.csv",
            report.substring(0, from)
                + "2"
                + ",".repeat(11)
                + report.substring(to).replace(OWN, ",SKU-1,Acme,10.50,,5,,"));
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  @Test
  void anEditOfAValueThatIsMadeOfTwoColumnsIsNotLost() throws IOException {
    Upload upload = send("Id,Maker,Model,Cat,Code,Price,Stock\nA-1,Acme,Red,Toys,S-1,ten,5\n");
    String report = world.errors(upload.id());
    assertThat(report).contains("S-1,Acme Red,Toys,");
    Upload again = send(report.replace("S-1,Acme Red,Toys,", "S-1,Car,Toys,"));
    assertThat(problems(again))
        .extracting(Problem::message)
        .contains(
            "the report's column \"Product Name\" was changed to \"Car\", which cannot be taken"
                + " over: product_name is made otherwise: the file's columns \"Maker\" and \"Model\" say"
                + " \"Acme\" and \"Red\"; change it there");
    assertThat(world.rejected(again.id()).getFirst().values())
        .containsEntry("product_name", "Acme Red");
  }

  @Test
  void aRowThatCouldNotBeReadIsToldAgainWhenItComesBackAsItWas() {
    Upload upload =
        world.upload("ACME", "p.csv", World.HEADER + "\nA-4,Too,few\nA-5,\"Half\" quoted,x\n");
    List<Uploads.RejectedRow> first = world.rejected(upload.id());
    Upload again = world.upload("ACME", "untouched.csv", world.errors(upload.id()));
    List<Uploads.RejectedRow> second = world.rejected(again.id());
    assertThat(second)
        .extracting(Uploads.RejectedRow::errorType)
        .containsExactly("UNREADABLE_ROW", "UNREADABLE_ROW");
    assertThat(second).extracting(Uploads.RejectedRow::readable).containsOnly(false);
    assertThat(second).extracting(Uploads.RejectedRow::line).containsExactly(3L, 4L);
    assertThat(second.getFirst().problems().getFirst().message())
        .isEqualTo("row 3 has 3 values, the header has 12 columns");
    assertThat(second)
        .extracting(Uploads.RejectedRow::cells)
        .containsExactlyElementsOf(first.stream().map(Uploads.RejectedRow::cells).toList());
    assertThat(world.rejected(upload.id()))
        .extracting(Uploads.RejectedRow::state)
        .containsOnly(Uploads.RowState.RETRIED);

    Upload mended =
        world.upload(
            "ACME",
            "mended.csv",
            world
                .errors(again.id())
                .replaceFirst(
                    "\"A-4,Too,few\",,,,,,,,,,,,", "A-4,Too few,Toys,,,SKU-4,,4.00,,1,,,"));
    assertThat(mended.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    world.audited();
  }

  /// Three decimals may be thousands: the rules refuse them, and their mend is none if taken for
  /// the same number.
  @Test
  void aNumberThatIsWrittenAsItsRuleAdvisesIsAMend() {
    Upload upload =
        world.upload("ACME", "p.csv", World.HEADER + ROW.replace(",ten,,5,", ",10.500,,20.000,"));
    String report = world.errors(upload.id());
    assertThat(report).contains(",10.500,20.000,Acme");
    Upload again =
        world.upload("ACME", "m.csv", report.replace(",10.500,20.000,Acme", ",10.50,20,Acme"));
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().price()).isEqualByComparingTo("10.50");
    assertThat(product().stockQuantity()).isEqualTo(20);
  }

  @Test
  void caseAndCurrencyAreNoContradiction() {
    Upload again =
        world.upload(
            "ACME",
            "mended.csv",
            report()
                .replace(REPORTED, ",€10.50,5,Acme,Fast,")
                .replace(OWN, ",SKU-1,Acme,10.50,,5,,"));
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  /// What a spreadsheet made of a key in the report's column is no edit of it.
  @Test
  void aKeyThatWasPutBackIsNotOverwrittenByWhatASpreadsheetMadeOfIt() {
    String rows = ROW.replace("SKU-1", "00123");
    String report = world.errors(world.upload("ACME", "p.csv", World.HEADER + rows).id());
    Upload again =
        world.upload(
            "ACME",
            "m.csv",
            report.replace("A-1,00123,Red car", "A-1,123,Red car").replace(",ten,,", ",10.50,,"));
    assertThat(problems(again))
        .extracting(Problem::code)
        .containsExactly(RuleCode.CONTRADICTING_EDITS.name());
    assertThat(world.catalogue.findBySku("123")).isEmpty();
  }

  @Test
  void anEditThatWouldChangeAnotherFieldIsTold() throws IOException {
    String header = "Cat,Code,Maker,Model,Price,Stock\n";
    Upload upload = send(header + "Toys,S-1,Acme,Red,ten,5\n", "Code");
    String report = world.errors(upload.id());
    assertThat(report).contains("S-1,S-1,Acme Red,Toys,");
    Upload again = send(report.replace("S-1,S-1,Acme Red,Toys,", "S-1,S-2,Acme Red,Toys,"), "Code");
    assertThat(problems(again))
        .extracting(Problem::code)
        .contains(RuleCode.CONTRADICTING_EDITS.name());
  }

  @Test
  void columnsThatWereMovedAreReadByTheirNames() {
    String report = report();
    List<String> lines = report.lines().toList();
    assertThat(lines.getFirst()).contains(",brand,price,");
    Upload again =
        world.upload(
            "ACME",
            "m.csv",
            lines.getFirst().replace(",brand,price,", ",price,brand,")
                + "\n"
                + lines
                    .get(1)
                    .replace(OWN, ",SKU-1,ten,Acme,,5,,")
                    .replace(REPORTED, ",10.50,5,Acme Ltd,Fast,")
                + "\n");
    assertThat(again.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().brand()).isEqualTo("Acme Ltd");
    assertThat(product().price()).isEqualByComparingTo("10.50");
  }

  @Test
  void whatIsFilledIntoTheReportOfAnUnreadableRowIsNotLost() {
    Upload upload = world.upload("ACME", "p.csv", World.HEADER + "A-4,Too,few\n");
    String report = world.errors(upload.id());
    List<String> lines = report.lines().toList();
    assertThat(lines.get(1)).startsWith("2,,,,,");
    Upload again =
        world.upload(
            "ACME",
            "m.csv",
            lines.getFirst() + "\n" + lines.get(1).replaceFirst("2,,", "2,A-4,") + "\n");
    assertThat(problems(again))
        .extracting(Problem::message)
        .anySatisfy(message ->
            assertThat(message)
                .contains("\"Vendor Product ID\" was changed to \"A-4\"", "A-4,Too,few"));
  }

  private Upload send(String text) throws IOException {
    return send(text, "Id");
  }

  private Upload send(String text, String id) throws IOException {
    List<FieldMapping> fields = new ArrayList<>();
    Map.of(
            Field.VENDOR_PRODUCT_ID, id,
            Field.CATEGORY, "Cat",
            Field.SKU, "Code",
            Field.PRICE, "Price",
            Field.STOCK_QUANTITY, "Stock")
        .forEach((field, column) -> fields.add(FieldMapping.direct(field, column)));
    fields.add(
        new FieldMapping(
            Field.PRODUCT_NAME, List.of("Maker", "Model"), " ", List.of(), Map.of(), null, null));
    Mapping mapping =
        new Mapping(
            "made of two",
            Mapping.DecimalStyle.POINT,
            fields,
            Map.of(),
            Mapping.UnknownColumns.IGNORE,
            List.of(),
            null,
            List.of(),
            null);
    return world.await(
        world
            .uploads
            .submit(
                World.ANNA,
                new Uploads.Submission(
                    "ACME", "p.csv", Upload.Source.API, Uploads.Limits.OPERATOR, mapping),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .upload()
            .id());
  }
}
