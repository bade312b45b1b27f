package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.alerts.AlertRule;
import dev.entrepot.inbox.alerts.Condition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which events the rules of tenants watch, in words: an empty list of alerts says nothing while
/// nobody watches.
final class Watched {
  private static final int MOST_NAMES = 5;

  private Watched() {}

  /// When a rule becomes an alert.
  static String when(Condition condition) {
    return switch (condition) {
      case Condition.SubscriptionCancelled _ -> "A subscription is cancelled";
      case Condition.ChargeFailedRepeatedly repeatedly ->
          "A charge fails "
              + Words.count(repeatedly.times(), "time")
              + " within "
              + Words.count(repeatedly.within().toDays(), "day");
      case Condition.LargePaymentFailed large ->
          "A payment of " + large.atLeast() + " or more fails";
      case Condition.DisputeOpened _ -> "A dispute is opened";
      case Condition.AppUninstalled _ -> "A shop removes the app";
    };
  }

  /// @param tenant empty: everybody
  /// @param writes whether the reader may add rules
  static List<Part> part(Inbox inbox, String tenant, boolean writes) {
    List<String> tenants = tenant.isEmpty() ? Tenants.ofConnections(inbox) : List.of(tenant);
    List<AlertRule> rules = inbox.alertRules().active(tenants);
    List<String> blind =
        tenants.stream()
            .filter(one -> rules.stream().noneMatch(rule -> rule.tenant().equals(one)))
            .toList();
    if (tenants.isEmpty()) {
      return List.of(
          new Part.Text("No events are watched yet: rules come with a tenant's first connection."));
    }
    if (blind.isEmpty()) {
      return List.of(new Part.Text(watched(rules)));
    }
    return List.of(
        new Part.Message(
            Tone.INFO,
            (rules.isEmpty() ? "" : watched(rules) + " ")
                + "No rule watches events of "
                + names(blind)
                + (writes ? "." : "; an operator can add some."),
            writes
                ? Action.link("Add a rule", Tenants.path(AlertRulePages.PATH, blind.getFirst()))
                : null));
  }

  private static String watched(List<AlertRule> rules) {
    return rules.stream()
        .map(rule -> when(rule.condition()))
        .distinct()
        .sorted()
        .map(Watched::within)
        .collect(Collectors.joining("; ", "Events that are watched for: ", "."));
  }

  private static String within(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String names(List<String> tenants) {
    int more = tenants.size() - MOST_NAMES;
    return more <= 0
        ? String.join(", ", tenants)
        : String.join(", ", tenants.subList(0, MOST_NAMES)) + " and " + more + " more";
  }
}
