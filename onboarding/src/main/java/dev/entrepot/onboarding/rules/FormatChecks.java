package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.CheckDigits;
import dev.entrepot.onboarding.mapping.DecimalText;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.util.OptionalInt;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/// The rules about the form of dimensions, addresses and article numbers, when there are any.
final class FormatChecks {
  private static final int LONGEST_EMAIL = 320;

  private FormatChecks() {}

  static void dimensions(MappedRow row, Findings findings) {
    String text = row.value(Field.DIMENSIONS_CM);
    if (text != null && !Dimensions.valid(text)) {
      findings.add(
          RuleCode.INVALID_DIMENSIONS,
          Field.DIMENSIONS_CM,
          "dimensions_cm %s cannot be read: write two or three numbers in centimetres, like 10x20x30"
              .formatted(Words.quoted(text)),
          text,
          Dimensions.guess(text));
    }
  }

  static void imageUrl(MappedRow row, Findings findings) {
    String text = row.value(Field.IMAGE_URL);
    String fault = text == null ? null : ImageUrl.fault(text);
    if (text != null && fault != null) {
      findings.add(
          RuleCode.INVALID_IMAGE_URL,
          Field.IMAGE_URL,
          "image_url %s %s: write it like https://example.com/shirt.jpg"
              .formatted(Words.quoted(text), fault),
          text,
          ImageUrl.guess(text));
    }
  }

  static void ean(MappedRow row, Findings findings) {
    String text = row.value(Field.EAN);
    String fault = text == null ? null : eanFault(text);
    if (text != null && fault != null) {
      findings.add(
          RuleCode.INVALID_EAN,
          Field.EAN,
          "ean %s %s".formatted(Words.quoted(text), fault),
          text,
          eanGuess(text));
    }
  }

  private static @Nullable String eanFault(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return DecimalText.isScientific(text)
            ? "lost its digits to a spreadsheet: format the column as text and fill them in again"
            : "is not a number of digits alone: write its 8, 12, 13 or 14 digits without spaces";
      }
    }
    if (!isArticleLength(length)) {
      return "has %d digits: an article number has 8, 12, 13 or 14".formatted(length);
    }
    if (CheckDigits.valid(text)) {
      return null;
    }
    return "has a wrong check digit: it ends in %c, %s; look for a mistyped digit"
        .formatted(text.charAt(length - 1), rightCheckDigit(text));
  }

  private static boolean isArticleLength(int length) {
    return length == 8 || length == 12 || length == 13 || length == 14;
  }

  private static String rightCheckDigit(String text) {
    OptionalInt fitting = CheckDigits.fitting(text);
    return fitting.isPresent()
        ? "but " + fitting.getAsInt() + " would fit the others"
        : "and no digit fits the others";
  }

  /// The same number without spaces and hyphens, or with the zeros that spreadsheets take away.
  private static @Nullable String eanGuess(String text) {
    if (text.length() > 40) {
      return null;
    }
    var digits = new StringBuilder(text.replaceAll("[ \\-\u00a0]", ""));
    for (int length : new int[] {8, 12, 13, 14}) {
      while (digits.length() < length && length - digits.length() <= 2) {
        digits.insert(0, '0');
      }
      if (digits.length() == length && eanFault(digits.toString()) == null) {
        return digits.toString();
      }
    }
    return null;
  }

  static void email(MappedRow row, Findings findings) {
    String text = row.value(Field.CONTACT_EMAIL);
    if (text != null
        && (text.length() > LONGEST_EMAIL || !EmailValidator.getInstance().isValid(text))) {
      String trimmed = text.strip();
      findings.add(
          RuleCode.INVALID_EMAIL,
          Field.CONTACT_EMAIL,
          "contact_email %s is not an e-mail address: write it like anna@example.com"
              .formatted(Words.quoted(text)),
          text,
          !trimmed.equals(text) && EmailValidator.getInstance().isValid(trimmed) ? trimmed : null);
    }
  }

  static void phone(MappedRow row, String region, Findings findings) {
    String text = row.value(Field.CONTACT_PHONE);
    if (text != null && !PhoneNumbers.valid(text, region)) {
      findings.add(
          RuleCode.INVALID_PHONE,
          Field.CONTACT_PHONE,
          "contact_phone %s is not a phone number of %s: write it with its country code, like %s"
              .formatted(Words.quoted(text), region, PhoneNumbers.example(region)),
          text,
          null);
    }
  }
}
