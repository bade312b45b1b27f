package dev.entrepot.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with an expression, in words for the person who wrote it.
final class Explanation {
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '(.+?)' applied to '(.+?)' \\(candidates.*");
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.+?)'.*");
  private static final Pattern PREFIX =
      Pattern.compile("^(?:evaluation error(?: at <input>:[0-9]+)?: )+");

  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "(?:mismatched|extraneous) input '(.+?)' expecting .*|no viable alternative at input '(.+?)'",
          Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile("missing '?(.+?)'? at '(.+?)'", Pattern.DOTALL);
  private static final Pattern NO_TOKEN =
      Pattern.compile("token recognition error at: '(.+?)'", Pattern.DOTALL);
  private static final String END = "<EOF>";

  private Explanation() {}

  /// The first fault and where it is.
  static String of(CelValidationResult result) {
    List<CelIssue> errors = result.getErrors();
    if (errors.isEmpty()) {
      return "the expression cannot be read";
    }
    CelIssue first = errors.getFirst();
    int line = first.getSourceLocation().getLine();
    int column = first.getSourceLocation().getColumn() + 1;
    String message = words(first.getMessage());
    if (line < 1 || column < 1) {
      return message;
    }
    String place = line == 1 ? "character " + column : "line " + line + ", character " + column;
    return "at " + place + ": " + message;
  }

  /// Why an expression has no result for a row.
  static String of(CelEvaluationException failure) {
    return switch (failure.getErrorCode()) {
      case DIVIDE_BY_ZERO -> "it divides by zero";
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD ->
          "a value is not of the kind the expression expects";
      case ATTRIBUTE_NOT_FOUND -> "a column it names is absent";
      case INDEX_OUT_OF_BOUNDS -> "it reaches beyond the end of a text or list";
      case NUMERIC_OVERFLOW -> "a number becomes too large";
      case BAD_FORMAT -> "a text cannot be converted";
      case ITERATION_BUDGET_EXCEEDED -> "it takes too many steps";
      case INVALID_ARGUMENT, INTERNAL_ERROR, DUPLICATE_ATTRIBUTE, TYPE_NOT_FOUND ->
          PREFIX.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    };
  }

  private static String words(String message) {
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      return "%s cannot be used with %s"
          .formatted(operator(overload.group(1)), types(overload.group(2)));
    }
    Matcher undeclared = UNDECLARED.matcher(message);
    return undeclared.matches() ? "there is no function " + undeclared.group(1) : syntax(message);
  }

  /// What the parser says, without the names of its tokens.
  private static String syntax(String message) {
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      String input = unexpected.group(1) == null ? unexpected.group(2) : unexpected.group(1);
      return input.endsWith(END)
          ? "the expression ends too early; something is missing at its end"
          : "\"" + input + "\" cannot stand here";
    }
    Matcher missing = MISSING.matcher(message);
    if (missing.matches()) {
      String where = missing.group(2).equals(END) ? "at the end" : "before " + missing.group(2);
      return missing.group(1) + " is missing " + where;
    }
    Matcher unknown = NO_TOKEN.matcher(message);
    return unknown.matches() ? "\"" + unknown.group(1) + "\" cannot be understood" : message;
  }

  private static String operator(String function) {
    return switch (function) {
      case "_[_]" -> "[ ]";
      case "_?_:_" -> "? :";
      case "@in" -> "in";
      default -> function.replace("_", "");
    };
  }

  private static String types(String types) {
    return types
        .replaceAll("wrapper\\((?:double|int)\\)|double", "number")
        .replace("string", "text")
        .replace("bool", "true/false")
        .replaceAll("\\bint\\b", "whole number")
        .replaceAll("\\bdyn\\b", "any value");
  }
}
