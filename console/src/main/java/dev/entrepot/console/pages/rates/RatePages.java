package dev.entrepot.console.pages.rates;

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
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Catalogue.Rate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The table of exchange rates.
public final class RatePages {
  private static final String PATH = "/rates";

  private final Shell shell;
  private final Catalogue catalogue;

  public RatePages(Shell shell, Catalogue catalogue) {
    this.shell = shell;
    this.catalogue = catalogue;
  }

  public List<Route> routes() {
    Access write = Access.needs(Permission.WRITE_RATES);
    return List.of(
        Route.get(PATH, "pages.rates", Access.needs(Permission.READ_RATES), this::list),
        Route.post(PATH, "pages.rates.set", write, this::set).taking(Body.form()),
        Route.post(PATH + "/{source}/{target}/remove", "pages.rates.remove", write, this::remove)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    FormState state =
        FormState.of(
            Map.of(
                "source",
                exchange.query().text("source").orElse(""),
                "target",
                exchange.query().text("target").orElse(catalogue.currency())));
    return shell.show(exchange, page(exchange, state));
  }

  private Page page(Exchange exchange, FormState state) {
    boolean writes = exchange.principal().may(Permission.WRITE_RATES);
    TableView table =
        TableView.of(
            "rates",
            "Exchange rates",
            List.of(
                Column.title("From"),
                Column.text("To"),
                Column.number("Rate"),
                Column.text("Changed"),
                Column.of("Actions", Column.Kind.ACTIONS)),
            catalogue.rates().stream().map(rate -> row(rate, writes)).toList(),
            Empty.of(
                Icon.RECONCILE,
                "No exchange rate yet",
                "Files in another currency than "
                    + catalogue.currency()
                    + " need one; without it they fail as a whole."));
    Page page =
        Page.of("Exchange rates")
            .lead(
                "Prices of files in other currencies are converted to the catalogue's, "
                    + catalogue.currency()
                    + ".")
            .with(new Part.Table(table));
    FormView form =
        FormView.of(
            "set-rate",
            PATH,
            "Set rate",
            Field.text("source", "One unit of").mandatory().placeholder("EUR"),
            Field.text("target", "Buys units of").mandatory(),
            Field.text("rate", "Rate").mandatory().placeholder("1.0842"));
    return writes
        ? page.with(Part.panel("set", "Set a rate", new Part.Form(state.fill(form))))
        : page;
  }

  private static TableView.Row row(Rate rate, boolean writes) {
    String path = PATH + "/" + rate.source() + "/" + rate.target() + "/remove";
    return TableView.Row.of(
        rate.source() + "-" + rate.target(),
        Cell.text(rate.source()),
        Cell.text(rate.target()),
        new Cell.Figure(rate.rate().toPlainString()),
        Cell.ago(rate.updatedAt()),
        writes
            ? new Cell.Actions(
                List.of(
                    Action.link(
                        "Change", PATH + "?source=" + rate.source() + "&target=" + rate.target()),
                    Action.post("Remove", path)
                        .danger(
                            "Remove the rate from "
                                + rate.source()
                                + " to "
                                + rate.target()
                                + "? Files in "
                                + rate.source()
                                + " fail without it.")))
            : new Cell.Actions(List.of()));
  }

  private Answer set(Exchange exchange) {
    Form form = exchange.form();
    Attempt<String> attempt =
        Refusal.attempt(() -> {
          String source = Read.text(form, "source").toUpperCase(Locale.ROOT);
          String target = Read.text(form, "target").toUpperCase(Locale.ROOT);
          BigDecimal rate =
              Optional.ofNullable(Read.decimal(form, "rate"))
                  .orElseThrow(() -> Refusal.invalid("rate", "this must be filled in"));
          catalogue.setRate(exchange.principal().actor(), source, target, rate);
          return source + " to " + target;
        });
    return switch (attempt) {
      case Attempt.Done<String>(String which) ->
          shell.done(PATH, "The rate from " + which + " was set.");
      case Attempt.Refused<String>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  private Answer remove(Exchange exchange) {
    String source = exchange.variable("source");
    String target = exchange.variable("target");
    catalogue.removeRate(exchange.principal().actor(), source, target);
    return shell.done(PATH, "The rate from " + source + " to " + target + " was removed.");
  }
}
