package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
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
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.hotstore.TimeToLiveTable;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.spi.event.EntityType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How long a tenant's entities stay in the hot store, and a form to change it.
final class StayForm {
  private static final String PATH = "/inbox/times-to-live";

  private enum Stay {
    DAYS,
    FOR_EVER,
    AS_USUAL
  }

  private final Shell shell;
  private final TimeToLiveTable table;

  StayForm(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.table = inbox.timesToLive();
  }

  Route route() {
    return Route.post(
            PATH, "pages.timesToLive.set", Access.needs(Permission.MANAGE_CONNECTIONS), this::set)
        .taking(Body.form());
  }

  /// @param tenant empty: there is none, so nothing is shown
  List<Part> parts(String tenant, Principal reader) {
    if (tenant.isEmpty()) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>(List.of(new Part.Table(times(tenant))));
    if (reader.may(Permission.MANAGE_CONNECTIONS)) {
      parts.add(new Part.Form(form(tenant)));
    }
    return List.of(
        new Part.Folded(
            "How long entities of " + tenant + " stay", new Part.Stack(List.copyOf(parts))));
  }

  private TableView times(String tenant) {
    TimesToLive times = table.current();
    return TableView.of(
        "times-to-live",
        "How long entities stay after the event that brought their state",
        List.of(Column.title("Type"), Column.text("Stays"), Column.text("Set")),
        Arrays.stream(EntityType.values())
            .map(type ->
                TableView.Row.of(
                    type.name(),
                    Cell.text(Words.of(type)),
                    Cell.text(
                        times
                            .of(tenant, type)
                            .map(time -> Words.count(time.toDays(), "day"))
                            .orElse("For ever")),
                    Cell.text(
                        times.special().getOrDefault(tenant, Map.of()).containsKey(type)
                            ? "For this tenant"
                            : "As usual")))
            .toList(),
        Empty.of(Icon.CLOCK, "Nothing", ""));
  }

  private static FormView form(String tenant) {
    return FormView.of(
            "time-to-live",
            PATH,
            "Change it",
            Field.select(
                    "type",
                    "Type",
                    Arrays.stream(EntityType.values())
                        .map(type -> new Option(type.name(), Words.of(type)))
                        .toList())
                .mandatory(),
            Field.select(
                    "stay",
                    "Stays",
                    Arrays.stream(Stay.values())
                        .map(stay -> new Option(stay.name(), Words.of(stay)))
                        .toList())
                .mandatory(),
            Field.of(Field.Kind.NUMBER, "days", "Days")
                .help("How many, from 1. Holds at once, also for what is there already."))
        .hidden(Tenants.FIELD, tenant);
  }

  /// The form by itself, with what was typed.
  ///
  /// @param back where it stood
  private Page again(String tenant, String back, FormState state) {
    return Page.of("How long entities of " + tenant + " stay")
        .under("Inbox", "/inbox")
        .under("Entities", back)
        .with(new Part.Form(state.fill(form(tenant))), new Part.Table(times(tenant)));
  }

  private Answer set(Exchange exchange) {
    Form form = exchange.form();
    String tenant = Read.text(form, Tenants.FIELD);
    EntityType type = Read.choice(form, "type", EntityType.class);
    String page =
        Addresses.of(
            EntityPages.PATH, Tenants.FIELD, tenant, "type", type.name().toLowerCase(Locale.ROOT));
    Attempt<EntityType> attempt =
        Refusal.attempt(() -> {
          var actor = exchange.principal().actor();
          switch (Read.choice(form, "stay", Stay.class)) {
            case DAYS ->
                table.set(
                    actor, tenant, type, Optional.of(Duration.ofDays(Read.count(form, "days"))));
            case FOR_EVER -> table.set(actor, tenant, type, Optional.empty());
            case AS_USUAL -> table.unset(actor, tenant, type);
          }
          return type;
        });
    return switch (attempt) {
      case Attempt.Done<EntityType> _ ->
          shell.done(page, Words.of(type) + ": how long they stay was changed.");
      case Attempt.Refused<EntityType>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), again(tenant, page, FormState.of(form, refusal)));
    };
  }
}
