package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.alerts.AlertRule;
import dev.entrepot.inbox.alerts.AlertRules;
import dev.entrepot.inbox.alerts.ConditionWish;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a tenant wants to be told of.
public final class AlertRulesApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  private record RuleAnswer(
      UUID id, String tenant, String name, ConditionWish condition, boolean active, int revision) {
    static RuleAnswer of(AlertRule rule) {
      return new RuleAnswer(
          rule.id(),
          rule.tenant(),
          rule.name(),
          ConditionWish.of(rule.condition()),
          rule.active(),
          rule.revision());
    }
  }

  /// @param revision of the rule as it was looked at; null: it is a new one
  private record Wish(
      String tenant,
      String name,
      ConditionWish condition,
      boolean active,
      @Nullable Integer revision) {}

  private final AlertRules rules;

  public AlertRulesApi(Inbox inbox) {
    this.rules = inbox.alertRules();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/inbox/alert-rules");
    return List.of(
        Route.get(all, "listAlertRules", READ, this::list),
        Route.post(all, "addAlertRule", WRITE, this::add),
        Route.put(all + "/{id}", "changeAlertRule", WRITE, this::change),
        Route.delete(all + "/{id}", "removeAlertRule", WRITE, this::remove));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(rules.list(InboxFilters.tenant(exchange)).stream().map(RuleAnswer::of).toList()));
  }

  private Answer add(Exchange exchange) {
    Wish wish = exchange.json(Wish.class);
    AlertRule rule =
        rules.add(
            exchange.principal().actor(),
            wish.tenant(),
            wish.name(),
            wish.condition().condition(),
            wish.active());
    return Answer.created(ApiPath.of("/inbox/alert-rules/" + rule.id()), RuleAnswer.of(rule));
  }

  private Answer change(Exchange exchange) {
    Wish wish = exchange.json(Wish.class);
    Integer revision = wish.revision();
    if (revision == null) {
      throw ProblemException.invalid("revision", "revision is missing; give the one you looked at");
    }
    return Answer.json(
        RuleAnswer.of(
            rules.change(
                exchange.principal().actor(),
                new AlertRule(
                    exchange.uuid("id"),
                    wish.tenant(),
                    wish.name(),
                    wish.condition().condition(),
                    wish.active(),
                    revision))));
  }

  private Answer remove(Exchange exchange) {
    rules.remove(exchange.principal().actor(), InboxFilters.tenant(exchange), exchange.uuid("id"));
    return Answer.done();
  }
}
