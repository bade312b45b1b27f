package dev.entrepot.onboarding.rules;

import dev.entrepot.model.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rules written by operators and suppliers as CEL expressions over a row. Safe for use by many
/// threads.
///
/// An expression gives true when the row is right. It sees every field under its column name
/// (numbers as numbers: `price`, `compare_at_price`, `stock_quantity`, `weight_kg`; all others as
/// text, blank as `""`; absent and unreadable numbers as null) and custom columns as text in
/// `custom["name"]`, plus custom columns that are valid identifiers directly (`cost`): as text
/// where the expression uses them as text (`color == "red"`, `code.startsWith("A")`), else as
/// numbers where they look like numbers.
///
/// A row that lacks a number or custom column the expression needs passes: the rule does not apply
/// to it. To demand the number, ask for it: `cost != null && price > cost * 1.1`, or `"cost" in
/// custom`. Whatever else keeps an expression from having a result (text where a number is needed,
/// division by zero) fails the row and says so.
///
/// Numbers are binary floating point here, exact to 15 digits: compare with a margin where the last
/// decimal of a product matters (`price >= cost * 1.1 - 0.005`). Expressions have at most 2,000
/// characters; macros such as `all` run at most 1,000 steps a row; patterns of `matches` are
/// written out.
public interface VendorRules {
  /// Whether a row that fails is rejected or only marked.
  enum Severity {
    REJECT,
    WARN
  }

  /// @param vendor whose rows it checks; null: everybody's
  /// @param message shown to the supplier
  /// @param field column name of the field to mark; null: the row
  record Draft(
      @Nullable String vendor,
      String name,
      String expression,
      String message,
      @Nullable String field,
      Severity severity,
      boolean active) {}

  /// Who wrote a rule, and so who may change it: operators may change all of them.
  enum Author {
    OPERATOR,
    SUPPLIER
  }

  record Rule(
      UUID id, Draft draft, Author author, String createdBy, Instant updatedAt, int version) {}

  /// What compiling an expression says.
  ///
  /// @param error null when it compiles; else what is wrong and where
  record Verdict(boolean valid, @Nullable String error) {}

  /// The outcome of trying an expression on rows of past files.
  ///
  /// @param filesElsewhere files that were left out, for they do not lie on this node
  /// @param failures the first of the rows that fail, at most 100
  /// @param errors rows on which the expression could not be evaluated (they would fail too)
  /// @param inapplicable those of the passed rows that lack a number or column the expression needs
  /// @param absent columns the expression names that none of the rows has: slips of the pen, maybe
  record Trial(
      long rows,
      long passed,
      long failed,
      long errors,
      long inapplicable,
      List<String> absent,
      int filesElsewhere,
      List<Failure> failures) {}

  /// A row that fails.
  ///
  /// @param record its position among the rows
  /// @param line where it stands in the file, as a spreadsheet shows it: people are told this
  /// @param values what the expression read of it, for people
  /// @param error why it could not be evaluated; null when it gave false
  record Failure(
      UUID upload, long record, long line, String sku, String values, @Nullable String error) {}

  Verdict check(String expression);

  /// Tries an expression on the newest accepted and rejected rows of a vendor's past files, at most
  /// `rows`.
  Trial test(@Nullable String vendor, String expression, int rows);

  Rule create(Actor actor, Draft draft);

  Rule update(Actor actor, UUID id, Draft draft, int version);

  void delete(Actor actor, UUID id);

  Optional<Rule> find(UUID id);

  /// A vendor's own rules and those for everybody; with null: all.
  List<Rule> list(@Nullable String vendor);

  /// Whether a rule may be changed here; see [#within(String)].
  boolean mayChange(Rule rule);

  /// The same rules as a supplier has them: it sees its vendor's and those for everybody, and
  /// changes those that suppliers of its vendor wrote. What it writes is for its own vendor. Other
  /// vendors and their rules are NOT_FOUND.
  VendorRules within(String vendor);
}
