package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.alerts.AlertRecipient;
import dev.entrepot.inbox.alerts.AlertRecipients;
import dev.entrepot.inbox.alerts.AlertRule;
import dev.entrepot.inbox.alerts.AlertRules;
import dev.entrepot.inbox.alerts.ConditionWish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a tenant wants to be told of, and who is told.
final class AlertRulePages {
  static final String PATH = "/inbox/alert-rules";
  private static final String RECIPIENTS = "/inbox/alert-recipients";

  private static final FormState NEW = FormState.of(Map.of("active", "true"));

  private final Shell shell;
  private final Inbox inbox;
  private final AlertRules rules;
  private final AlertRecipients recipients;

  AlertRulePages(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
    this.rules = inbox.alertRules();
    this.recipients = inbox.alertRecipients();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.alertRules", read, this::list),
        Route.post(PATH, "pages.alertRules.add", write, this::add).taking(Body.form()),
        Route.get(PATH + "/{id}", "pages.alertRule", write, this::edit),
        Route.post(PATH + "/{id}", "pages.alertRule.save", write, this::save).taking(Body.form()),
        Route.post(PATH + "/{id}/delete", "pages.alertRule.delete", write, this::delete)
            .taking(Body.form()),
        Route.post(RECIPIENTS, "pages.alertRecipients.add", write, this::addRecipient)
            .taking(Body.form()),
        Route.post(
                RECIPIENTS + "/{id}/delete",
                "pages.alertRecipients.delete",
                write,
                this::removeRecipient)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    return shell.show(exchange, page(exchange, Tenants.of(inbox, exchange), NEW, null));
  }

  /// @param secret of a webhook that was just added, to be shown once; null: none
  private Page page(Exchange exchange, String tenant, FormState state, @Nullable String secret) {
    boolean writes = exchange.principal().may(Permission.WRITE_INBOX);
    List<AlertRule> all = rules.list(tenant);
    List<Part> parts = new ArrayList<>();
    if (secret != null) {
      parts.add(new Part.Secret("Secret that signs this webhook's posts", secret));
    }
    parts.addAll(Tenants.filter(inbox, tenant, PATH, "rules"));
    parts.add(Part.panel("rule-list", "Rules", ruleTable(all, tenant, writes)));
    parts.add(
        Part.panel("recipient-list", "Who is told", recipientTable(all, tenant, writes))
            .note(
                "Those of all alerts are told of runs, too. Every alert is shown in the console and"
                    + " told in the log besides."));
    if (writes && !tenant.isEmpty()) {
      parts.add(
          Part.columns(
              Part.panel(
                  "new-rule",
                  "Add a rule",
                  new Part.Form(state.fill(ruleForm(PATH, "Add the rule", tenant)))),
              Part.panel(
                  "new-recipient",
                  "Add a recipient",
                  new Part.Form(state.fill(recipientForm(all, tenant))))));
    }
    return Page.of("Alert rules")
        .lead(
            "Which events become alerts, and who is told of alerts. The usual rules come with a"
                + " tenant's first connection; which payment is large, say here. Runs of the sync raise alerts"
                + " without a rule: when one fails, when credentials are refused, when more than 5 %"
                + " of the records are rejected or fewer than 90 % succeed, or after 30 minutes.")
        .under("Inbox", "/inbox")
        .under("Alerts", Tenants.path(AlertPages.PATH, tenant))
        .with(parts);
  }

  private static TableView ruleTable(List<AlertRule> all, String tenant, boolean writes) {
    return TableView.of(
        "rules",
        "Alert rules by name",
        List.of(
            Column.title("Rule"),
            Column.of("When", Column.Kind.WIDE),
            Column.text("State"),
            Column.of("Actions", Column.Kind.ACTIONS)),
        all.stream()
            .map(rule ->
                TableView.Row.of(
                    rule.id().toString(),
                    writes
                        ? Cell.link(rule.name(), Tenants.path(PATH + "/" + rule.id(), tenant))
                        : Cell.text(rule.name()),
                    Cell.text(Watched.when(rule.condition())),
                    rule.active() ? Cell.badge(Tone.GOOD, "On") : Cell.badge(Tone.QUIET, "Off"),
                    new Cell.Actions(
                        writes
                            ? List.of(
                                Action.post(
                                        "Remove",
                                        Tenants.path(PATH + "/" + rule.id() + "/delete", tenant))
                                    .danger("Remove this rule? Its alerts stay."))
                            : List.of())))
            .toList(),
        Empty.of(
            Icon.RULES,
            "No rule yet",
            "Without a rule no event becomes an alert. Runs of the sync need none."));
  }

  private TableView recipientTable(List<AlertRule> all, String tenant, boolean writes) {
    Map<UUID, String> names = new HashMap<>();
    all.forEach(rule -> names.put(rule.id(), rule.name()));
    return TableView.of(
        "recipients",
        "Recipients of alerts",
        List.of(
            Column.title("Address"),
            Column.text("By"),
            Column.text("Of"),
            Column.of("Can be reached", Column.Kind.WIDE),
            Column.of("Actions", Column.Kind.ACTIONS)),
        recipients.list(tenant).stream()
            .map(one ->
                TableView.Row.of(
                    one.id().toString(),
                    Cell.text(one.address()),
                    Cell.text(Words.of(one.channel())),
                    Cell.text(one.rule() == null ? "All alerts" : names.get(one.rule())),
                    recipients
                        .hindrance(one)
                        .<Cell>map(why -> Cell.text("No: " + why))
                        .orElse(Cell.text("Yes")),
                    new Cell.Actions(
                        writes
                            ? List.of(
                                Action.post(
                                        "Remove",
                                        Tenants.path(
                                            RECIPIENTS + "/" + one.id() + "/delete", tenant))
                                    .danger("Tell " + one.address() + " no more?"))
                            : List.of())))
            .toList(),
        Empty.of(Icon.MAIL, "Nobody yet", "Alerts are only shown here."));
  }

  private static FormView ruleForm(String action, String submit, String tenant) {
    return FormView.of(
            "alert-rule",
            action,
            submit,
            Field.text("name", "Name").mandatory(),
            Field.select(
                    "kind",
                    "When",
                    Arrays.stream(ConditionWish.Kind.values())
                        .map(kind -> new Option(kind.name(), Words.of(kind)))
                        .toList())
                .mandatory(),
            Field.of(Field.Kind.NUMBER, "times", "At which failure")
                .help("For charges that fail repeatedly; 2 when left empty."),
            Field.of(Field.Kind.NUMBER, "within_days", "Within days")
                .help("Likewise; 30 when left empty."),
            Field.text("amount", "From which amount").help("For large payments."),
            Field.text("currency", "Currency").placeholder("EUR"),
            Field.of(Field.Kind.SWITCH, "active", "On").checked(true))
        .hidden(Tenants.FIELD, tenant);
  }

  private static FormView recipientForm(List<AlertRule> all, String tenant) {
    List<Option> of = new ArrayList<>();
    of.add(new Option("", "All alerts"));
    all.forEach(rule -> of.add(new Option(rule.id().toString(), rule.name())));
    return FormView.of(
            "alert-recipient",
            RECIPIENTS,
            "Add the recipient",
            Field.select(
                    "channel",
                    "By",
                    Arrays.stream(AlertRecipient.Channel.values())
                        .map(channel -> new Option(channel.name(), Words.of(channel)))
                        .toList())
                .mandatory(),
            Field.text("address", "Address")
                .mandatory()
                .placeholder("care@example.com")
                .help("Of a webhook: https://…"),
            Field.select("rule", "Of", of))
        .hidden(Tenants.FIELD, tenant);
  }

  private static ConditionWish wish(Form form) {
    return new ConditionWish(
        Read.choice(form, "kind", ConditionWish.Kind.class),
        number(form, "times"),
        number(form, "within_days"),
        Read.decimal(form, "amount"),
        form.text("currency").orElse(null));
  }

  private static @Nullable Integer number(Form form, String name) {
    return form.text(name).isEmpty()
        ? null
        : Integer.valueOf(Math.clamp(Read.whole(form, name), 0, Integer.MAX_VALUE));
  }

  private Answer add(Exchange exchange) {
    Form form = exchange.form();
    String tenant = Read.text(form, Tenants.FIELD);
    Attempt<AlertRule> attempt =
        Refusal.attempt(() ->
            rules.add(
                exchange.principal().actor(),
                tenant,
                Read.text(form, "name"),
                wish(form).condition(),
                Read.ticked(form, "active")));
    return switch (attempt) {
      case Attempt.Done<AlertRule> _ ->
          shell.done(Tenants.path(PATH, tenant), "The rule was added.");
      case Attempt.Refused<AlertRule>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, tenant, FormState.of(form, refusal), null));
    };
  }

  private AlertRule required(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return rules.list(Tenants.of(inbox, exchange)).stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> ProblemException.notFound("there is no alert rule " + id + "; look at the list"));
  }

  private Answer edit(Exchange exchange) {
    AlertRule rule = required(exchange);
    return shell.show(exchange, editor(rule, FormState.of(values(rule))));
  }

  private static Map<String, String> values(AlertRule rule) {
    ConditionWish wish = ConditionWish.of(rule.condition());
    Map<String, String> values = new HashMap<>();
    values.put("name", rule.name());
    values.put("kind", wish.kind().name());
    values.put("times", wish.times() == null ? "" : wish.times().toString());
    values.put("within_days", wish.withinDays() == null ? "" : wish.withinDays().toString());
    values.put("amount", wish.amount() == null ? "" : wish.amount().toPlainString());
    values.put("currency", wish.currency() == null ? "" : wish.currency());
    values.put("active", Boolean.toString(rule.active()));
    return values;
  }

  private static Page editor(AlertRule rule, FormState state) {
    return Page.of(rule.name())
        .lead("Changes hold for incidents from now on.")
        .under("Inbox", "/inbox")
        .under("Alerts", Tenants.path(AlertPages.PATH, rule.tenant()))
        .under("Alert rules", Tenants.path(PATH, rule.tenant()))
        .with(
            Part.panel(
                "rule",
                "Rule",
                new Part.Form(
                    state.fill(
                        ruleForm(
                                Tenants.path(PATH + "/" + rule.id(), rule.tenant()),
                                "Save",
                                rule.tenant())
                            .hidden("version", Integer.toString(rule.revision()))
                            .cancel(Tenants.path(PATH, rule.tenant()))))));
  }

  private Answer save(Exchange exchange) {
    Form form = exchange.form();
    AlertRule rule = required(exchange);
    Attempt<AlertRule> attempt =
        Refusal.attempt(() ->
            rules.change(
                exchange.principal().actor(),
                new AlertRule(
                    rule.id(),
                    rule.tenant(),
                    Read.text(form, "name"),
                    wish(form).condition(),
                    Read.ticked(form, "active"),
                    Read.version(form))));
    return switch (attempt) {
      case Attempt.Done<AlertRule> _ ->
          shell.done(Tenants.path(PATH, rule.tenant()), "The rule was changed.");
      case Attempt.Refused<AlertRule>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), editor(rule, FormState.of(form, refusal)));
    };
  }

  private Answer delete(Exchange exchange) {
    String tenant = Tenants.of(inbox, exchange);
    rules.remove(exchange.principal().actor(), tenant, exchange.uuid("id"));
    return shell.done(Tenants.path(PATH, tenant), "The rule was removed; its alerts stay.");
  }

  private Answer addRecipient(Exchange exchange) {
    Form form = exchange.form();
    String tenant = Read.text(form, Tenants.FIELD);
    Attempt<AlertRecipients.Added> attempt =
        Refusal.attempt(() ->
            recipients.add(
                exchange.principal().actor(),
                tenant,
                form.text("rule").map(UUID::fromString).orElse(null),
                Read.choice(form, "channel", AlertRecipient.Channel.class),
                Read.text(form, "address")));
    return switch (attempt) {
      case Attempt.Done<AlertRecipients.Added>(AlertRecipients.Added added) ->
          added.secret() == null
              ? shell.told(Tenants.path(PATH, tenant), added(added.recipient()))
              : shell.show(exchange, page(exchange, tenant, NEW, added.secret()));
      case Attempt.Refused<AlertRecipients.Added>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, tenant, FormState.of(form, refusal), null));
    };
  }

  private Flash added(AlertRecipient recipient) {
    return recipients
        .hindrance(recipient)
        .map(why ->
            new Flash(
                Tone.WARN,
                recipient.address() + " was added, but is not reached: " + Words.sentence(why)))
        .orElse(new Flash(Tone.GOOD, recipient.address() + " is told from now on."));
  }

  private Answer removeRecipient(Exchange exchange) {
    String tenant = Tenants.of(inbox, exchange);
    recipients.remove(exchange.principal().actor(), tenant, exchange.uuid("id"));
    return shell.done(Tenants.path(PATH, tenant), "It is told no more.");
  }
}
