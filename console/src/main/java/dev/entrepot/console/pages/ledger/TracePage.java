package dev.entrepot.console.pages.ledger;

import dev.entrepot.console.api.TracePlaces;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.RowWords;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Moment;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.ledger.Trace;
import dev.entrepot.ledger.TraceSource.Step;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One record's story.
final class TracePage {
  private static final String EVENT = "event/";
  private static final String EVENT_LETTER = "event dead letter/";
  private static final String PRODUCT = "product/";

  private final Shell shell;
  private final Trace trace;
  private final Uploads uploads;

  TracePage(Shell shell, Trace trace, Uploads uploads) {
    this.shell = shell;
    this.trace = trace;
    this.uploads = uploads;
  }

  Answer show(Exchange exchange) {
    String key = exchange.query().text("key").orElse("");
    String client = exchange.query().text("client").orElse("");
    String tenant = exchange.query().text("tenant").orElse("");
    List<Step> all = key.isEmpty() ? List.of() : trace.of(key);
    List<Step> steps = key.isEmpty() || tenant.isEmpty() ? all : trace.of(key, tenant);
    Page page =
        Page.of("Trace")
            .lead("One record's story, from arrival to the catalogue and every change since.")
            .with(
                new Part.Filters("/trace", "main", fields(key, client, tenant, all))
                    .submit("Trace"));
    return shell.show(exchange, key.isEmpty() ? page : page.with(story(key, client, steps)));
  }

  /// Clients that know the key can be chosen among, and tenants where several have it.
  private static List<Field> fields(String key, String client, String tenant, List<Step> steps) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.of(Field.Kind.SEARCH, "key", "Key")
            .placeholder("A SKU, a vendor's product ID or an event's key, exactly")
            .value(key));
    List<Option> clients = options(client, steps.stream().map(Step::client));
    if (!clients.isEmpty()) {
      fields.add(choice("client", "Client", "All, and uploads", clients).value(client));
    }
    List<Option> tenants = options(tenant, steps.stream().map(Step::tenant));
    if (tenants.size() > 1 || !tenant.isEmpty()) {
      fields.add(choice("tenant", "Tenant", "All", tenants).value(tenant));
    }
    return fields;
  }

  /// @param chosen among them, even when nothing is known of it
  private static List<Option> options(String chosen, Stream<@Nullable String> known) {
    return Stream.concat(
            Stream.of(chosen).filter(name -> !name.isEmpty()), known.filter(Objects::nonNull))
        .distinct()
        .sorted()
        .map(name -> Option.of(String.valueOf(name)))
        .toList();
  }

  private static Field choice(String name, String label, String all, List<Option> options) {
    List<Option> choices = new ArrayList<>(List.of(new Option("", all)));
    choices.addAll(options);
    return Field.select(name, label, choices).mandatory();
  }

  private Part story(String key, String client, List<Step> steps) {
    List<Step> told =
        steps.stream().filter(step -> client.isEmpty() || client.equals(step.client())).toList();
    Map<RowReference, RowPlace> places = TracePlaces.of(told, uploads);
    List<Moment> moments = told.stream().map(step -> moment(step, places)).toList();
    if (moments.isEmpty()) {
      return new Part.Message(
          Tone.INFO,
          client.isEmpty()
              ? "Nothing is known of “%s”. Keys are compared exactly: check the spelling."
                  .formatted(key)
              : "Nothing is known of “%s” in runs of %s; choose another client, or all."
                  .formatted(key, client),
          null);
    }
    String title = client.isEmpty() ? key : key + " of " + client;
    return Part.panel("story", title, new Part.Story("The story of " + title, moments));
  }

  private static Moment moment(Step step, Map<RowReference, RowPlace> places) {
    Tone tone =
        switch (step.what()) {
          case "created", "published", "restored", "approved", "mended", "written", "resolved" ->
              Tone.GOOD;
          case "rejected", "refused", "declined", "given up" -> Tone.BAD;
          case "updated", "edited" -> Tone.INFO;
          case "pending", "proposed", "waiting", "behind", "parked" -> Tone.WAIT;
          default -> Tone.QUIET;
        };
    return new Moment(
        step.at(),
        Words.of(step.what()),
        tone,
        tone.icon(),
        place(step, places),
        step.detail().isEmpty() ? null : Words.sentence(step.detail()),
        List.of(),
        address(step));
  }

  private static @Nullable String place(Step step, Map<RowReference, RowPlace> places) {
    if (step.record() == null) {
      return null;
    }
    return step.client() == null
        ? RowWords.of(TracePlaces.of(step, places))
        : "record " + Figures.count(step.record()) + " of a run of " + step.client();
  }

  /// The record of a run, the product it became, the row that was refused, or the upload it came
  /// with.
  private static @Nullable String address(Step step) {
    String subject = step.subject();
    if (step.what().equals("created") && subject.startsWith(PRODUCT)) {
      return "/products/" + subject.substring(PRODUCT.length());
    }
    if (subject.startsWith(EVENT)) {
      return "/inbox/events/" + subject.substring(EVENT.length());
    }
    if (subject.startsWith(EVENT_LETTER)) {
      return "/inbox/dead-letters/" + subject.substring(EVENT_LETTER.length());
    }
    if (step.batch() == null) {
      return null;
    }
    if (step.client() != null) {
      String run = "/sync/runs/" + step.batch();
      // What a run did with each record may be forgotten; the run itself is not.
      return subject.startsWith("run/") ? run + "/records/" + step.record() : run;
    }
    return subject.startsWith("row/") && step.what().equals("rejected")
        ? "/uploads/" + step.batch() + "/rows/" + step.record()
        : "/uploads/" + step.batch();
  }
}
