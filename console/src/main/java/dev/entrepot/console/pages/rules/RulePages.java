package dev.entrepot.console.pages.rules;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Crumb;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Fragment;
import dev.entrepot.console.view.Heading;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.RuleEditor;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.rules.VendorRules;
import dev.entrepot.onboarding.rules.VendorRules.Rule;
import dev.entrepot.onboarding.rules.VendorRules.Severity;
import dev.entrepot.onboarding.vendors.Vendor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rules of operators, and of suppliers for their own rows: listed, written with a live check,
/// tried on past rows.
public final class RulePages {
  private static final String PATH = "/rules";
  private static final int MOST_VENDORS = 1_000;
  private static final int ROWS = 1_000;

  private final Shell shell;
  private final VendorRules rules;
  private final Onboarding onboarding;

  public RulePages(Shell shell, Onboarding onboarding) {
    this.shell = shell;
    this.rules = onboarding.rules();
    this.onboarding = onboarding;
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_RULES);
    Access write = Access.needs(Permission.WRITE_RULES);
    return List.of(
        Route.get(PATH, "pages.rules", read, this::list),
        Route.get(PATH + "/new", "pages.rules.new", write, this::blank),
        Route.post(PATH, "pages.rules.create", write, this::create).taking(Body.form()),
        Route.post(PATH + "/check", "pages.rules.check", write, this::check).taking(Body.form()),
        Route.post(PATH + "/try", "pages.rules.try", write, this::tryOut).taking(Body.form()),
        Route.get(PATH + "/{id}", "pages.rule", read, this::show),
        Route.post(PATH + "/{id}", "pages.rule.save", write, this::save).taking(Body.form()),
        Route.post(PATH + "/{id}/delete", "pages.rule.delete", write, this::delete)
            .taking(Body.form()));
  }

  private VendorRules rules(Exchange exchange) {
    String vendor = exchange.principal().vendor();
    return vendor == null ? rules : rules.within(vendor);
  }

  private Answer list(Exchange exchange) {
    boolean supplier = exchange.principal().vendor() != null;
    Page page =
        Page.of("Rules")
            .lead(
                supplier
                    ? "Checked on every row of your files after the built-in rules. Those that"
                        + " suppliers of yours wrote you can change."
                    : "Checked on every row after the built-in rules, without code.")
            .with(new Part.Table(RuleTable.of(rules(exchange).list(null))));
    return shell.show(
        exchange,
        exchange.principal().may(Permission.WRITE_RULES)
            ? page.action(Action.link("Write a rule", PATH + "/new").primary().icon(Icon.PLUS))
            : page);
  }

  private Answer blank(Exchange exchange) {
    Map<String, String> values =
        RuleForm.values(
            new VendorRules.Draft(
                exchange.query().text("vendor").orElse(null),
                "",
                "",
                "",
                null,
                Severity.REJECT,
                true));
    return editor(exchange, 200, null, FormState.of(values), List.of());
  }

  private Rule require(Exchange exchange) {
    return require(exchange, exchange.uuid("id"));
  }

  private Rule require(Exchange exchange, UUID id) {
    return rules(exchange)
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no rule " + id + "; look at the list of rules"));
  }

  private Answer show(Exchange exchange) {
    Rule rule = require(exchange);
    return exchange.principal().may(Permission.WRITE_RULES) && rules(exchange).mayChange(rule)
        ? editor(exchange, 200, rule, FormState.of(RuleForm.values(rule.draft())), List.of())
        : shell.show(exchange, readOnly(rule));
  }

  private static Page readOnly(Rule rule) {
    VendorRules.Draft draft = rule.draft();
    return Page.of(draft.name())
        .under("Rules", PATH)
        .badge(Badge.of(draft.active() ? Tone.GOOD : Tone.QUIET, draft.active() ? "Active" : "Off"))
        .with(
            Part.panel(
                "rule",
                "Rule",
                new Part.Facts(
                    List.of(
                        new Fact("Expression", Cell.code(draft.expression())),
                        new Fact(
                            "For",
                            Cell.text(draft.vendor() == null ? "Every vendor" : draft.vendor())),
                        new Fact("Message", Cell.text(draft.message())),
                        new Fact("Marks", Cell.text(draft.field())),
                        new Fact("Written by", Cell.text(RuleTable.author(rule))),
                        new Fact("Changed", Cell.time(rule.updatedAt()))))));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Rule> attempt =
        Refusal.attempt(
            () -> rules(exchange).create(exchange.principal().actor(), RuleForm.read(form)));
    return saved(exchange, attempt, null, form);
  }

  private Answer save(Exchange exchange) {
    Rule before = require(exchange);
    Form form = exchange.form();
    Attempt<Rule> attempt =
        Refusal.attempt(() ->
            rules(exchange)
                .update(
                    exchange.principal().actor(),
                    before.id(),
                    RuleForm.read(form),
                    Read.version(form)));
    return saved(exchange, attempt, before, form);
  }

  private Answer saved(Exchange exchange, Attempt<Rule> attempt, @Nullable Rule before, Form form) {
    return switch (attempt) {
      case Attempt.Done<Rule>(Rule rule) ->
          shell.done(PATH, "The rule " + rule.draft().name() + " was saved.");
      case Attempt.Refused<Rule>(Refusal refusal) ->
          editor(exchange, refusal.status(), before, FormState.of(form, refusal), List.of());
    };
  }

  private Answer delete(Exchange exchange) {
    Rule rule = require(exchange);
    rules(exchange).delete(exchange.principal().actor(), rule.id());
    return shell.done(PATH, "The rule " + rule.draft().name() + " was deleted.");
  }

  private Answer check(Exchange exchange) {
    String expression = exchange.form().text("expression").orElse("");
    return shell.fragment(
        expression.isEmpty()
            ? Fragment.nothing()
            : new Fragment(TrialParts.verdict(rules.check(expression)), ""));
  }

  private Answer tryOut(Exchange exchange) {
    Form form = exchange.form();
    Attempt<VendorRules.Trial> attempt =
        Refusal.attempt(() ->
            rules(exchange)
                .test(
                    Read.optional(form, "vendor"),
                    Read.text(form, "expression"),
                    Read.count(form, "rows")));
    List<Part> trial =
        switch (attempt) {
          case Attempt.Done<VendorRules.Trial>(VendorRules.Trial done) ->
              TrialParts.trial(done, fileNames());
          case Attempt.Refused<VendorRules.Trial>(Refusal refusal) -> TrialParts.refused(refusal);
        };
    if (exchange.header("HX-Request").isPresent()) {
      return shell.fragment(new Fragment(trial, ""));
    }
    Rule rule =
        form.uuid("id")
            .map(id -> require(exchange, id))
            .filter(rules(exchange)::mayChange)
            .orElse(null);
    return editor(exchange, 200, rule, FormState.of(values(form)), trial);
  }

  /// The vendor and file of an upload, looked up once each.
  private Function<UUID, String> fileNames() {
    Map<UUID, String> known = new HashMap<>();
    return id ->
        known.computeIfAbsent(
            id,
            upload ->
                onboarding
                    .uploads()
                    .find(upload)
                    .map(found -> found.vendor() + " · " + found.fileName())
                    .orElse(""));
  }

  private static Map<String, String> values(Form form) {
    Map<String, String> values = new java.util.LinkedHashMap<>();
    form.names().forEach(name -> values.put(name, form.value(name).orElse("")));
    return values;
  }

  private Answer editor(
      Exchange exchange, int status, @Nullable Rule rule, FormState state, List<Part> trial) {
    String action = rule == null ? PATH : PATH + "/" + rule.id();
    boolean supplier = exchange.principal().vendor() != null;
    FormView form =
        RuleForm.of(
            action,
            rule == null ? "Create rule" : "Save",
            supplier ? null : RuleForm.whose(vendorCodes()));
    FormView remove = null;
    if (rule != null) {
      form =
          form.hidden("version", Integer.toString(rule.version()))
              .hidden("id", rule.id().toString());
      remove =
          FormView.of("remove", action + "/delete", "Delete rule")
              .danger("Delete the rule " + rule.draft().name() + "?");
    }
    String title = rule == null ? "Write a rule" : rule.draft().name();
    String expression = state.value("expression");
    return shell.show(
        exchange,
        status,
        new RuleEditor(
            shell.frame(exchange, title, List.of(new Crumb("Rules", PATH))),
            Heading.of(title),
            state.fill(form),
            PATH + "/check",
            PATH + "/try",
            rows(supplier, state.value("rows")),
            expression.isEmpty() ? List.of() : TrialParts.verdict(rules.check(expression)),
            trial,
            RuleForm.help(),
            remove));
  }

  private static Field rows(boolean supplier, String chosen) {
    List<Option> most = new ArrayList<>();
    most.add(new Option("1000", "1,000 rows"));
    most.add(new Option("10000", "10,000 rows"));
    if (!supplier) {
      most.add(new Option("100000", "100,000 rows"));
    }
    return Field.select("rows", "On the newest", most)
        .mandatory()
        .value(chosen.isEmpty() ? "" + ROWS : chosen);
  }

  private List<String> vendorCodes() {
    return onboarding.vendors().list(null, null, null, MOST_VENDORS).items().stream()
        .map(Vendor::code)
        .toList();
  }
}
