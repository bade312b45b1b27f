package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.List;
import java.util.Optional;

/// Error types, explained.
public final class Problems {
  private Problems() {}

  /// The error types of an upload, with the way to their rows.
  static TableView table(Upload upload) {
    return TableView.of(
        "types",
        "Rejected rows by error type",
        List.of(
            Column.title("Error"),
            Column.of("What is right", Column.Kind.WIDE),
            Column.number("Rows")),
        upload.topProblems().stream()
            .map(problem ->
                TableView.Row.of(
                    problem.code(),
                    Cell.link(Words.of(problem.code()), rows(upload, problem.code())),
                    Cell.text(hint(problem.code())),
                    Cell.count(problem.rows())))
            .toList(),
        Empty.of(Icon.CHECK, "No row was rejected", "There is nothing to mend."));
  }

  private static String rows(Upload upload, String code) {
    return "/uploads/" + upload.id() + "/rows?type=" + code;
  }

  /// What would be right, in a sentence.
  public static String hint(String code) {
    Optional<RuleCode> known =
        List.of(RuleCode.values()).stream().filter(rule -> rule.name().equals(code)).findFirst();
    if (known.isEmpty()) {
      return code.equals("DECLINED")
          ? "An operator declined the row; the reason stands beside it."
          : "A rule of the vendor's or the operator's own; the message beside the row says what is right.";
    }
    return switch (known.get()) {
      case UNREADABLE_ROW -> "As many cells as the header, with quotes closed.";
      case CONTRADICTING_EDITS ->
          "Each value the same in the error file's own column and in the file's, or changed in one of them.";
      case MISSING_REQUIRED_FIELDS ->
          "Product ID, name, category, SKU, price and stock are filled in.";
      case INVALID_PRICE -> "A number from 0.01 to 999,999.99 with at most two decimals.";
      case INVALID_STOCK -> "A whole number from 0 to 1,000,000.";
      case FIELD_LENGTH_EXCEEDED ->
          "Name up to 200 characters, description 2,000, SKU, brand and product ID 100.";
      case INVALID_CATEGORY -> "A category of the catalogue, by name or code.";
      case DUPLICATE_SKU -> "A SKU that no other product has.";
      case DUPLICATE_VENDOR_PRODUCT_ID -> "A product ID that none of your other products has.";
      case INVALID_COMPARE_AT_PRICE -> "Empty, or at least the price.";
      case INVALID_WEIGHT -> "Kilograms, as a number above 0.";
      case INVALID_DIMENSIONS -> "Length x width x height in centimetres, such as 12x9x8.";
      case INVALID_IMAGE_URL -> "A complete address beginning with https://.";
      case INVALID_EAN -> "8 or 13 digits, the last of which checks the others.";
      case INVALID_EMAIL -> "A mail address such as sales@example.com.";
      case INVALID_PHONE -> "A phone number with country code, such as +49 30 901820.";
      case MISSING_EXCHANGE_RATE -> "The operator sets an exchange rate for the file's currency.";
      case NOT_STORABLE -> "Values of usual length and size.";
      case VALUE_TOO_FAR -> "Worth a second look: the price moved far, or the product seems known.";
    };
  }
}
