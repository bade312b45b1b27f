package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.rules.VendorRules;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rules that operators write, and suppliers for their own rows.
public final class RulesApi {
  private static final Access READ = Access.needs(Permission.READ_RULES);
  private static final Access WRITE = Access.needs(Permission.WRITE_RULES);
  private static final int ROWS_TRIED = 1_000;

  private record NewRule(
      @Nullable String vendor,
      String name,
      String expression,
      String message,
      @Nullable String field,
      VendorRules.@Nullable Severity severity,
      @Nullable Boolean active) {
    VendorRules.Draft draft() {
      return new VendorRules.Draft(
          vendor,
          name,
          expression,
          message,
          field,
          severity == null ? VendorRules.Severity.REJECT : severity,
          active == null || active);
    }
  }

  /// A rule as it was read, changed. What cannot be changed may be there and is not looked at.
  private record ChangedRule(
      @Nullable UUID id,
      @Nullable String vendor,
      String name,
      String expression,
      String message,
      @Nullable String field,
      VendorRules.Severity severity,
      boolean active,
      VendorRules.@Nullable Author author,
      @Nullable String createdBy,
      @Nullable Instant updatedAt,
      @Nullable Integer version) {
    VendorRules.Draft draft() {
      return new VendorRules.Draft(vendor, name, expression, message, field, severity, active);
    }
  }

  private record RuleAnswer(
      UUID id,
      @JsonUnwrapped VendorRules.Draft draft,
      VendorRules.Author author,
      String createdBy,
      Instant updatedAt,
      int version) {}

  private record Expression(String expression) {}

  private record Test(@Nullable String vendor, String expression, @Nullable Integer rows) {}

  private final VendorRules rules;

  public RulesApi(VendorRules rules) {
    this.rules = rules;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/rules"), "listRules", READ, this::list),
        Route.post(ApiPath.of("/rules"), "createRule", WRITE, this::create).replayed(),
        Route.get(ApiPath.of("/rules/{id}"), "getRule", READ, this::get),
        Route.put(ApiPath.of("/rules/{id}"), "updateRule", WRITE, this::update),
        Route.delete(ApiPath.of("/rules/{id}"), "deleteRule", WRITE, this::delete),
        Route.post(ApiPath.of("/rules/check"), "checkExpression", READ, this::check),
        Route.post(ApiPath.of("/rules/test"), "testExpression", READ, this::test));
  }

  private VendorRules rules(Exchange exchange) {
    String vendor = exchange.principal().vendor();
    return vendor == null ? rules : rules.within(vendor);
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(
            rules(exchange).list(exchange.query().text("vendor").orElse(null)).stream()
                .map(RulesApi::answer)
                .toList()));
  }

  private Answer create(Exchange exchange) {
    VendorRules.Rule rule =
        rules(exchange).create(exchange.principal().actor(), exchange.json(NewRule.class).draft());
    return Answer.created(ApiPath.of("/rules/" + rule.id()), answer(rule))
        .with("ETag", Version.tag(rule.version()));
  }

  private Answer get(Exchange exchange) {
    return tagged(require(exchange));
  }

  private VendorRules.Rule require(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return rules(exchange)
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no rule " + id + "; list them to see their ids"));
  }

  private Answer update(Exchange exchange) {
    UUID id = require(exchange).id();
    ChangedRule rule = exchange.json(ChangedRule.class);
    return tagged(
        rules(exchange)
            .update(
                exchange.principal().actor(),
                id,
                rule.draft(),
                Version.of(exchange, rule.version())));
  }

  private Answer delete(Exchange exchange) {
    rules(exchange).delete(exchange.principal().actor(), exchange.uuid("id"));
    return Answer.done();
  }

  private Answer check(Exchange exchange) {
    return Answer.json(rules.check(exchange.json(Expression.class).expression()));
  }

  private Answer test(Exchange exchange) {
    Test test = exchange.json(Test.class);
    int rows = test.rows() == null ? ROWS_TRIED : test.rows();
    return Answer.json(rules(exchange).test(test.vendor(), test.expression(), rows));
  }

  private static Answer tagged(VendorRules.Rule rule) {
    return Answer.json(answer(rule)).with("ETag", Version.tag(rule.version()));
  }

  private static RuleAnswer answer(VendorRules.Rule rule) {
    return new RuleAnswer(
        rule.id(), rule.draft(), rule.author(), rule.createdBy(), rule.updatedAt(), rule.version());
  }
}
