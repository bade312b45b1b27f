package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text is read as what it is, over the whole file, and never made up.
class EncodingTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  @TempDir private Path folder;

  private TabularFile file(byte[]... parts) throws IOException {
    Path file = folder.resolve("products.csv");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    Files.write(file, bytes.toByteArray());
    return TabularFile.inspect(file, "products.csv", Limits.ofOperator());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] western(String text) {
    return text.getBytes(WINDOWS_1252);
  }

  @Test
  void theFirstForeignByteMayComeLate() throws IOException {
    String ascii = "1,plain ascii\n".repeat(60_000);
    TabularFile western = file(utf8("a,b\n"), utf8(ascii), western("2,Größe – 5 €\n"));
    assertThat(western.layout().charset()).isEqualTo(WINDOWS_1252);
    assertThat(Reading.cells(western).getLast()).containsExactly("2", "Größe – 5 €");

    TabularFile unicode = file(utf8("a,b\n"), utf8(ascii), utf8("2,Größe – 5 €\n"));
    assertThat(unicode.layout().charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(Reading.cells(unicode).getLast()).containsExactly("2", "Größe – 5 €");
  }

  @Test
  void aForeignByteInUnicodeTextCostsItsRowAndIsNamed() throws IOException {
    TabularFile file =
        file(utf8("a,b\n1,é\n"), western("2,\"x\ny é\"\n"), utf8("3,日本\n4,\uFFFD\n"));
    assertThat(file.layout().charset()).isEqualTo(StandardCharsets.UTF_8);
    List<Row> rows = Reading.rows(file);
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1))
        .isInstanceOfSatisfying(
            Row.Unreadable.class,
            row -> {
              assertThat(row.line()).isEqualTo(3);
              assertThat(row.reason())
                  .isEqualTo(
                      "line 4 holds the byte 0xE9, which is not UTF-8; save the file as UTF-8");
            });
    assertThat(rows.get(2)).isEqualTo(new Row.Cells(3, 5, List.of("3", "日本")));
    assertThat(rows.get(3)).isEqualTo(new Row.Cells(4, 6, List.of("4", "\uFFFD")));
  }

  @Test
  void aByteOrderMarkBindsTheReaderToUnicode() throws IOException {
    TabularFile file = file(utf8("\uFEFFa,b\n1,x\n"), western("2,é\n3,è\n4,ê\n"));
    assertThat(file.layout().charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(file.layout().byteOrderMark()).isTrue();
    assertThat(file.layout().header()).containsExactly("a", "b");
    assertThat(Reading.rows(file).stream().filter(Row.Unreadable.class::isInstance)).hasSize(3);
  }

  @Test
  void bytesThatAreNoWesternTextCostTheirRow() throws IOException {
    TabularFile file = file(western("a,b\n1,é\n"), new byte[] {'2', ',', (byte) 0x81, '\n'});
    assertThat(file.layout().charset()).isEqualTo(WINDOWS_1252);
    assertThat(Reading.rows(file))
        .satisfiesExactly(
            row -> assertThat(row).isEqualTo(new Row.Cells(1, 2, List.of("1", "é"))),
            row ->
                assertThat(row)
                    .isInstanceOfSatisfying(
                        Row.Unreadable.class,
                        bad ->
                            assertThat(bad.reason()).contains("0x81, which is not windows-1252")));
  }

  @Test
  void manyForeignBytesInOneRowAreCheap() throws IOException {
    TabularFile file =
        file(utf8("a,b\n1,日本\n"), western("x,é\n".repeat(60_000)), utf8("é".repeat(60_000)));
    assertThat(Reading.rows(file)).hasSize(60_002);
  }

  @Test
  void aListOfLettersInASmallFileIsWestern() throws IOException {
    TabularFile file = file(western("sku,name\n1,Keys ÄÖÜäöüßéèê\n"));
    assertThat(file.layout().charset()).isEqualTo(WINDOWS_1252);
    assertThat(Reading.cells(file)).containsExactly(List.of("1", "Keys ÄÖÜäöüßéèê"));
  }

  @Test
  void utf16IsReadByItsMarkOnly() throws IOException {
    String text = "a;b\r\n1;日本 €\r\n2;\"x\r\ny\"\r\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      TabularFile file = file(("\uFEFF" + text).getBytes(charset));
      assertThat(file.layout().charset()).isEqualTo(charset);
      assertThat(Reading.cells(file)).containsExactly(List.of("1", "日本 €"), List.of("2", "x\r\ny"));
      assertThatExceptionOfType(TabularException.class)
          .isThrownBy(() -> file("a;b\r\n1;x\r\n".getBytes(charset)))
          .withMessageContaining("UTF-16 without a byte order mark")
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.BAD_ENCODING));
    }
  }

  @Test
  void utf32IsRefused() {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file("\uFEFFa,b\n".getBytes(Charset.forName("UTF-32LE"))))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.BAD_ENCODING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows-1251 | имя,цена~стол,5~
          windows-1251 | vendor_product_id,product_name,price~A-1,Стол письменный дубовый,10.00~
          windows-1251 | sku,name~1,plain ascii~2,КРЕСЛО~3,«Сосна» № 4, 15 °~
          KOI8-R       | sku,name~1,Стол письменный~2,Кресло~
          ISO-8859-5   | sku,name~1,Стол письменный~2,Кресло~
          windows-1253 | sku,name~1,Τραπέζι γραφείου~2,Καρέκλα~
          ISO-8859-7   | sku,name~1,Τραπέζι γραφείου~2,Καρέκλα~
          windows-1255 | sku,name~1,שולחן כתיבה~2,כיסא משרדי~
          ISO-8859-8   | sku,name~1,שולחן כתיבה~2,כיסא משרדי~
          windows-1256 | sku,name~1,طاولة مكتب~2,كرسي~
          ISO-8859-6   | sku,name~1,طاولة مكتب~2,كرسي~
          """)
  void anotherScriptIsRefusedWithTheWayOut(String charset, String text) {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file(text.replace('~', '\n').getBytes(Charset.forName(charset))))
        .withMessageContaining("neither UTF-8 nor Windows-1252")
        .withMessageContaining("save it as UTF-8")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.BAD_ENCODING));
  }

  @Test
  void anotherScriptBesideMuchAsciiIsRefused() {
    String row = "A-1;" + "plain ascii ".repeat(20) + ";Кресло офисное\n";
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(
            () -> file(("a;b;c\n" + row.repeat(50)).getBytes(Charset.forName("windows-1251"))))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.BAD_ENCODING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows-1252 | Nordic layout (ÆØÅÄÖ / æøåäö)
          windows-1252 | àâçéèêëîïôùû
          windows-1252 | ÀÁÂÃÄÅÆÇ
          windows-1252 | äöüß ÄÖÜ áéíóú
          windows-1251 | Красная Звезда
          """)
  void aCellOfLettersRefusesNoListOfAscii(String charset, String cell) throws IOException {
    byte[] letters = cell.getBytes(Charset.forName(charset));
    TabularFile file =
        file(utf8("a;b\n"), utf8("1;plain ascii\n".repeat(200)), utf8("2;"), letters, utf8("\n"));
    assertThat(file.layout().charset()).isEqualTo(WINDOWS_1252);
    assertThat(Reading.cells(file).getLast())
        .containsExactly("2", new String(letters, WINDOWS_1252));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "é",
        "ÄÖÜ",
        "ÄÖÜß",
        "ÄÖÜäöüß",
        "Grüße aus Österreich, HÄNGELEUCHTE, ÄÖÜ, Maß 5 m² – 20 °C, „Größe“ €",
        "Créée à Orléans; pièce d'œuvre; CRÉÉE À ORLÉANS, ŒUVRE; «éèêë» ÉÈÊË ÀÂÇÎÏÔÙÛÜ",
        "Niño pequeño ¿Qué? ¡Mañana! AÑO ÁÉÍÓÚ",
        "Maçãs, corações, pães, não há ações; AÇÕES, ÃÕÇ, àáâã",
        "Ær þú að læra íslensku? ÞÆÖ ÁÐ; blåbærsyltetøy på brød; SMÖRGÅSBORD",
        "½¼¾ ²³ ©®™ ×÷ ±µ¶ §¢£¥ ««»» ¬¦¨¯°´¸¹º"
      })
  void westernTextIsRead(String text) throws IOException {
    String row = "1;" + text.replace(';', ',').replace("\"", "") + "\n";
    String names = "2;HÄNGELEUCHTE für die Küche, à la crème, año, não\n";
    for (String rows : List.of(row, row.repeat(300), names.repeat(20) + row)) {
      TabularFile file = file(western("a;b\n" + rows));
      assertThat(file.layout().charset()).isEqualTo(WINDOWS_1252);
      assertThat(Reading.cells(file).getLast().getLast())
          .isEqualTo(row.substring(2).stripTrailing());
    }
  }
}
