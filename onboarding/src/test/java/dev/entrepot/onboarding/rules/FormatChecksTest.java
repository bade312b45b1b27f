package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatChecksTest {
  private final RowChecker checker = new RowChecker(new CategoryIndex(List.of()), "DE", List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10x20x30",
        "10x20",
        "10 x 20 x 30 cm",
        "10.5X20.25",
        "10×20×30",
        "10*20*30",
        "10cm x 20cm x 30cm",
        " 1x1x1 ",
        "0.5x0.1x1"
      })
  void acceptsDimensions(String text) {
    assertThat(problem(Field.DIMENSIONS_CM, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "10 | -",
        "10x20x30x40 | -",
        "axb | -",
        "0x10 | -",
        "0.0x10 | -",
        "-1x10 | -",
        "10x | -",
        "10,5x20 | 10.5x20",
        "10-20-30 | 10x20x30",
        "10/20 | 10x20",
        "10 by 20 | 10x20",
        "10 mm x 20 mm | -",
        "1e3x10 | -",
      })
  void refusesDimensions(String text, String suggestion) {
    Problem problem = problem(Field.DIMENSIONS_CM, text).orElseThrow();

    assertThat(problem.code()).isEqualTo("INVALID_DIMENSIONS");
    assertThat(problem.message())
        .isEqualTo(
            "dimensions_cm \"%s\" cannot be read: write two or three numbers in centimetres, like 10x20x30"
                .formatted(text));
    assertThat(problem.suggestion()).isEqualTo(suggestion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a.jpg",
        "http://example.com",
        "HTTPS://EXAMPLE.COM/A.JPG",
        "https://burst.shopifycdn.com/photos/city-woman-fashion_925x@2x.jpg",
        "https://example.com:8443/a?b=c&d=%20#e",
        "http://localhost/a.png",
        "http://192.168.0.1/a",
        "http://[2001:db8::1]:80/a",
        "https://münchen.example/bild.jpg",
        "https://example.com/bild-größe.jpg"
      })
  void acceptsImageUrls(String url) {
    assertThat(problem(Field.IMAGE_URL, url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "shoe.jpg | is not an absolute http or https address | -",
        "/images/shoe.jpg | is not an absolute http or https address | -",
        "ftp://example.com/a.jpg | is not an absolute http or https address | -",
        "javascript:alert(1) | is not an absolute http or https address | -",
        "data:image/png;base64,AAAA | is not an absolute http or https address | -",
        "//cdn.example.com/a.jpg | is not an absolute http or https address | https://cdn.example.com/a.jpg",
        "www.example.com/a.jpg | is not an absolute http or https address | https://www.example.com/a.jpg",
        "https:// | has no valid host | -",
        "https:///a.jpg | has no valid host | -",
        "https://-a/b | has no valid host | -",
        "https://a..b/c | has no valid host | -",
        "https://user@example.com/a | has no valid host | -",
        "https://example.com:0x/a | has no valid host | -",
        "https://example.com:99999/a | has no valid host | -",
        "https://example.com/a b.jpg | has a space in it (write it as %20) | https://example.com/a%20b.jpg",
        "https://example.com/<script> | has a character that addresses cannot have | -",
        "https://example.com/100%.jpg | has a character that addresses cannot have | -",
      })
  void refusesImageUrls(String url, String fault, String suggestion) {
    Problem problem = problem(Field.IMAGE_URL, url).orElseThrow();

    assertThat(problem.code()).isEqualTo("INVALID_IMAGE_URL");
    assertThat(problem.message())
        .isEqualTo(
            "image_url \"%s\" %s: write it like https://example.com/shirt.jpg"
                .formatted(url, fault));
    assertThat(problem.suggestion()).isEqualTo(suggestion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4006381333931",
        "96385074",
        "036000291452",
        "10614141000415",
        "00012345600012",
        "05901234123457"
      })
  void acceptsArticleNumbers(String ean) {
    assertThat(problem(Field.EAN, ean)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "4006381333932 | has a wrong check digit: it ends in 2, but 1 would fit the others; look for a mistyped digit | -",
        "0000000000000 | - | -",
        "123 | has 3 digits: an article number has 8, 12, 13 or 14 | -",
        "36000291452 | has 11 digits: an article number has 8, 12, 13 or 14 | 036000291452",
        "4006381-333931 | is not a number of digits alone: write its 8, 12, 13 or 14 digits without spaces | 4006381333931",
        "4 006381 333931 | is not a number of digits alone: write its 8, 12, 13 or 14 digits without spaces | 4006381333931",
        "4.00638E+12 | lost its digits to a spreadsheet: format the column as text and fill them in again | -",
        "٤006381333931 | is not a number of digits alone: write its 8, 12, 13 or 14 digits without spaces | -",
        "none | is not a number of digits alone: write its 8, 12, 13 or 14 digits without spaces | -",
      })
  void refusesArticleNumbers(String ean, String fault, String suggestion) {
    Problem problem = problem(Field.EAN, ean).orElseThrow();

    assertThat(problem.code()).isEqualTo("INVALID_EAN");
    assertThat(problem.suggestion()).isEqualTo(suggestion);
    if (fault != null) {
      assertThat(problem.message()).isEqualTo("ean \"%s\" %s".formatted(ean, fault));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna@example.com", "a.b+c@sub.example.co.uk", "o'neil@example.org"})
  void acceptsEmails(String email) {
    assertThat(problem(Field.CONTACT_EMAIL, email)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"anna", "anna@", "@example.com", "a b@example.com", "anna@example", "a@b@c.de"})
  void refusesEmails(String email) {
    Problem problem = problem(Field.CONTACT_EMAIL, email).orElseThrow();

    assertThat(problem.code()).isEqualTo("INVALID_EMAIL");
    assertThat(problem.message()).contains('"' + email + '"', "like anna@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+49 30 901820", "030 901820", "+1 201-555-0123", "+44 20 7946 0958"})
  void acceptsPhoneNumbers(String phone) {
    assertThat(problem(Field.CONTACT_PHONE, phone)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "call me", "+49", "+999 123456789", "0"})
  void refusesPhoneNumbers(String phone) {
    Problem problem = problem(Field.CONTACT_PHONE, phone).orElseThrow();

    assertThat(problem.code()).isEqualTo("INVALID_PHONE");
    assertThat(problem.message())
        .startsWith("contact_phone \"%s\" is not a phone number of DE".formatted(phone))
        .contains("+49");
  }

  private Optional<Problem> problem(Field field, String value) {
    return checker.check(MappedRow.of(Map.of(field, value), Map.of())).problems().stream()
        .filter(problem -> problem.field() == field)
        .findFirst();
  }
}
