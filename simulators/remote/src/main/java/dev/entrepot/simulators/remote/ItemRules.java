package dev.entrepot.simulators.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What the fields of an item must be; the first that is wrong is told. Fields that are not named
/// here are taken as they are. Immutable.
public final class ItemRules {

  /// Whether an item must have a field. One that is null counts as missing.
  public enum Presence {
    MANDATORY,
    OPTIONAL
  }

  private record Rule(
      String field, Presence presence, Function<JsonNode, Optional<ItemFault>> check) {}

  private final List<Rule> rules;

  private ItemRules(List<Rule> rules) {
    this.rules = rules;
  }

  public static ItemRules none() {
    return new ItemRules(List.of());
  }

  /// A text of 1 to 255 characters.
  public ItemRules text(String field, Presence presence) {
    return with(
        new Rule(
            field,
            presence,
            value -> {
              if (!value.isString()) {
                return wrongType(field, "text", value);
              }
              int length = value.stringValue().strip().length();
              return length >= 1 && length <= 255
                  ? Optional.empty()
                  : wrong(field, "1 to 255 characters", value);
            }));
  }

  /// A JSON number, not a text with digits.
  public ItemRules number(String field, Presence presence) {
    return with(
        new Rule(
            field,
            presence,
            value -> value.isNumber() ? Optional.empty() : wrongType(field, "number", value)));
  }

  /// A text of a given form.
  ///
  /// @param told the form in words, such as `13 digits`
  public ItemRules form(String field, Pattern form, String told, Presence presence) {
    return with(
        new Rule(
            field,
            presence,
            value -> {
              if (!value.isString()) {
                return wrongType(field, "text", value);
              }
              return form.matcher(value.stringValue()).matches()
                  ? Optional.empty()
                  : wrong(field, told, value);
            }));
  }

  /// What is wrong with an item; empty: nothing.
  public Optional<ItemFault> check(JsonNode item) {
    if (!item.isObject()) {
      return Optional.of(new ItemFault("INVALID_TYPE", "an item is an object"));
    }
    for (var rule : rules) {
      var value = item.path(rule.field());
      if (value.isMissingNode() || value.isNull()) {
        if (rule.presence() == Presence.MANDATORY) {
          return Optional.of(new ItemFault("MISSING_FIELD", rule.field() + " is missing"));
        }
      } else {
        var fault = rule.check().apply(value);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private ItemRules with(Rule rule) {
    var more = new ArrayList<>(rules);
    more.add(rule);
    return new ItemRules(List.copyOf(more));
  }

  private static Optional<ItemFault> wrongType(String field, String type, JsonNode value) {
    return Optional.of(
        new ItemFault("INVALID_TYPE", "%s is a %s, not %s".formatted(field, type, value)));
  }

  private static Optional<ItemFault> wrong(String field, String told, JsonNode value) {
    return Optional.of(
        new ItemFault("INVALID_VALUE", "%s has %s, not %s".formatted(field, told, value)));
  }
}
