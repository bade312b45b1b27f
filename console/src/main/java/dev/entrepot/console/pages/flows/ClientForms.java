package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.ClientEditor;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.source.CredentialField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client as a form: its fields are named as a client is written.
final class ClientForms {
  /// What the choice of a mapping begins with that is yet to be made.
  static final String READY = "ready:";

  private static final List<String> PLAIN =
      List.of(
          "client_name",
          "siesa_api_url",
          "product_api_url",
          "sync_schedule",
          "timezone",
          "field_mappings_key");
  private static final List<String> FLOW =
      List.of(
          "page_size",
          "overlap",
          "missing",
          "concurrency",
          "source_rate_limit",
          "product_rate_limit");

  private ClientForms() {}

  /// @param mappings to choose among
  static FormView blank(ClientKind kind, String action, List<Option> mappings) {
    FormView form =
        FormView.of("client", action, "Make the client")
            .hidden("source", kind.source().kind())
            .hidden("product_type", kind.product().kind())
            .cancel(FlowTabs.CLIENTS.path())
            .group(
                "1. Client",
                null,
                Field.text("client_id", "Client ID")
                    .mandatory()
                    .placeholder("acme")
                    .autocomplete("off")
                    .help("It never changes; programs and files call the client by it."),
                Field.text("client_name", "Name")
                    .placeholder("Acme SA")
                    .help("For people; the ID when left empty."));
    int number = 2;
    for (ClientKind.Side side : kind.sides()) {
      form = form.group(side(side, number++ + ". " + side.title(), null));
    }
    return form.group("4. Mapping", null, mapping(mappings)).group(runs("5. Schedule"));
  }

  /// @param kept the credentials there are, masked, by the names of their fields
  static FormView change(
      ClientKind kind,
      String action,
      List<Option> mappings,
      long revision,
      String cancel,
      Map<String, String> kept) {
    FormView form =
        FormView.of("client", action, "Save")
            .hidden("source", kind.source().kind())
            .hidden("product_type", kind.product().kind())
            .hidden("revision", Long.toString(revision))
            .cancel(cancel)
            .group("Client", null, Field.text("client_name", "Name").mandatory());
    for (ClientKind.Side side : kind.sides()) {
      form = form.group(side(side, side.title(), kept));
    }
    return form.group("Mapping", null, mapping(mappings)).group(runs("Schedule"));
  }

  /// What is needed, in the order of the system's own words, and folded away what seldom is:
  /// choices first, for they say how the rest is understood.
  ///
  /// @param kept the credentials there are, masked; null: they are given now
  private static FormView.Group side(
      ClientKind.Side side, String title, @Nullable Map<String, String> kept) {
    Field url =
        Field.of(Field.Kind.URL, side.address(), "Address")
            .placeholder("https://" + side.kind() + ".example.com")
            .help(address(side));
    List<Field> needed = new ArrayList<>();
    if (side.remote()) {
      needed.add(side.addressed() ? url.mandatory() : url);
    }
    List<Field> seldom = new ArrayList<>();
    for (SettingField setting : side.settings()) {
      if (setting.fallback() == null || !setting.choices().isEmpty()) {
        (setting.fallback() == null ? needed : seldom).add(setting(side, setting));
      }
    }
    for (CredentialField credential : side.secrets()) {
      (side.needed().contains(credential) ? needed : seldom)
          .add(credential(side, credential, kept));
    }
    for (SettingField setting : side.settings()) {
      if (setting.fallback() != null && setting.choices().isEmpty()) {
        seldom.add(setting(side, setting));
      }
    }
    return new FormView.Group(title, side.note(kept != null), needed).more(seldom);
  }

  private static String address(ClientKind.Side side) {
    return side.credentials().stream()
        .filter(field -> field.name().equals(ClientKind.API_URL))
        .map(field -> Words.sentence(field.description()))
        .map(Words::capitalised)
        .findFirst()
        .orElse("Where it is called.");
  }

  private static Field credential(
      ClientKind.Side side, CredentialField credential, @Nullable Map<String, String> kept) {
    String name = side.secret(credential.name());
    String said = Words.sentence(credential.description());
    String masked = kept == null ? null : kept.get(name);
    Field field =
        Field.of(
                credential.secret() ? Field.Kind.PASSWORD : Field.Kind.TEXT,
                name,
                Words.of(credential.name()))
            .autocomplete(credential.secret() ? "new-password" : "off")
            .help(
                kept == null
                    ? said
                    : masked == null
                        ? "Not set. " + said
                        : "Set: %s. Left empty, it stays.".formatted(masked));
    Field shown = masked == null ? field : field.placeholder("set; type another to change it");
    return credential.mandatory() && masked == null && kept == null ? shown.mandatory() : shown;
  }

  private static Field setting(ClientKind.Side side, SettingField setting) {
    String name = side.tree() + "." + setting.name();
    String label = Words.of(setting.name());
    String usual = setting.fallback();
    String help = Words.sentence(setting.description());
    Field field =
        setting.choices().isEmpty()
            ? Field.text(name, label).autocomplete("off")
            : Field.select(name, label, setting.choices().stream().map(Option::of).toList());
    boolean must = usual == null || !setting.choices().isEmpty();
    Field helped =
        field.help(usual == null || usual.isEmpty() ? help : help + " Default: " + usual + ".");
    return must ? helped.mandatory() : helped;
  }

  private static Field mapping(List<Option> mappings) {
    return Field.select("field_mappings_key", "Mapping", mappings)
        .mandatory()
        .help("Which fields become which. It can be changed later, in the mapping studio.");
  }

  /// When runs begin, and how they go about it.
  private static FormView.Group runs(String title) {
    List<Field> seldom = new ArrayList<>();
    seldom.add(
        Field.select(
                "catch_up",
                "Times missed while nothing ran",
                Arrays.stream(CatchUp.values())
                    .map(policy ->
                        new Option(
                            policy.name().toLowerCase(Locale.ROOT), FlowWords.catchUp(policy)))
                    .toList())
            .mandatory());
    seldom.addAll(flow());
    return new FormView.Group(
            title,
            null,
            List.of(
                Field.text("sync_schedule", "Schedule")
                    .placeholder("rate(6 hours)")
                    .autocomplete("off")
                    .help(
                        "rate(6 hours), or cron(0 10 ? * MON-FRI *) with minutes, hours, day, month,"
                            + " weekday, year. Empty: only when somebody starts a run."),
                Field.text(ClientEditor.LAST_OF_SCHEDULE, "Time zone")
                    .placeholder("America/Bogota")
                    .autocomplete("off")
                    .help("In which cron is read; UTC when left empty.")))
        .more(seldom);
  }

  private static List<Field> flow() {
    return List.of(
        Field.text("flow.source_rate_limit", "Calls a minute to the source")
            .placeholder("100")
            .help("A number, none, or {\"calls\": 5, \"per\": \"1s\"}."),
        Field.text("flow.product_rate_limit", "Calls a minute to the destination")
            .placeholder("100")
            .help("Likewise."),
        Field.text("flow.page_size", "Records on a page").help("As many as the source gives."),
        Field.text("flow.concurrency", "Calls at the same time").placeholder("4"),
        Field.text("flow.overlap", "Overlap")
            .placeholder("5m")
            .help("How long before the last success changes are read again."),
        Field.select(
                "flow.missing",
                "What is gone from the source",
                List.of(
                    new Option("keep", "Stays at the destination"),
                    new Option("delete", "Is deleted there")))
            .mandatory());
  }

  /// What stands in a new client's form.
  static Map<String, String> blankValues(ClientKind kind, String mapping) {
    Map<String, String> values = new HashMap<>();
    for (ClientKind.Side side : kind.sides()) {
      side.complete(Map.of()).forEach((name, value) -> values.put(side.tree() + "." + name, value));
    }
    values.put("field_mappings_key", mapping);
    values.put("sync_schedule", "rate(6 hours)");
    values.put("catch_up", "once");
    values.put("flow.missing", "keep");
    return values;
  }

  /// What stands in a client's form.
  static Map<String, String> values(ClientKind kind, ClientConfig config) {
    Map<String, String> values = blankValues(kind, config.mapping());
    Map<String, @Nullable Object> tree = ClientTree.of(config);
    for (String name : PLAIN) {
      values.put(name, text(tree.get(name)));
    }
    values.put("catch_up", tree.get("catch_up") == null ? "once" : text(tree.get("catch_up")));
    for (ClientKind.Side side : kind.sides()) {
      map(tree.get(side.tree()))
          .forEach((name, value) -> values.put(side.tree() + "." + name, text(value)));
    }
    map(tree.get("flow")).forEach((name, value) -> values.put("flow." + name, text(value)));
    return values;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> ConfigTree.json(map);
      default -> value.toString();
    };
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> copy.put((String) name, one));
    }
    return copy;
  }

  /// The client that a form asks for; what it does not ask for is as it was.
  ///
  /// @param present null: there is none yet
  static ClientConfig read(
      ClientKind kind,
      @Nullable ClientConfig present,
      String id,
      Form form,
      ConfigProblems problems) {
    Map<String, @Nullable Object> tree =
        present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(ClientTree.of(present));
    tree.put("client_id", id);
    tree.put("source", kind.source().kind());
    tree.put("product_type", kind.product().kind());
    for (String name : PLAIN) {
      put(tree, name, form.text(name).orElse(null));
    }
    put(tree, "catch_up", tree.get("sync_schedule") == null ? null : given(form, "catch_up"));
    if (tree.get("sync_schedule") == null) {
      tree.remove("timezone");
    }
    for (ClientKind.Side side : kind.sides()) {
      tree.put(side.tree(), settings(side, map(tree.get(side.tree())), form));
    }
    tree.put("flow", flow(map(tree.get("flow")), form, problems));
    return ClientReader.read(ConfigTree.of(tree), problems);
  }

  private static @Nullable String given(Form form, String name) {
    return form.text(name).orElse(null);
  }

  private static void put(Map<String, @Nullable Object> tree, String name, @Nullable String value) {
    if (value == null) {
      tree.remove(name);
    } else {
      tree.put(name, value);
    }
  }

  /// A setting that is as usual is not set, so that it follows its default.
  private static Map<String, @Nullable Object> settings(
      ClientKind.Side side, Map<String, @Nullable Object> present, Form form) {
    Map<String, @Nullable Object> settings = new TreeMap<>(present);
    for (SettingField setting : side.settings()) {
      Optional<String> typed = form.value(side.tree() + "." + setting.name()).map(String::strip);
      if (typed.isPresent()) {
        boolean usual =
            typed.get().equals(setting.fallback())
                || (typed.get().isEmpty() && setting.fallback() == null);
        put(settings, setting.name(), usual ? null : typed.get());
      }
    }
    return settings;
  }

  private static Map<String, @Nullable Object> flow(
      Map<String, @Nullable Object> present, Form form, ConfigProblems problems) {
    Map<String, @Nullable Object> flow = new LinkedHashMap<>(present);
    for (String name : FLOW) {
      if (form.value("flow." + name).isEmpty()) {
        continue;
      }
      String typed = form.text("flow." + name).orElse(null);
      if (typed != null && typed.startsWith("{")) {
        flow.put(name, ConfigTree.read(typed, problems).value());
      } else {
        put(flow, name, typed);
      }
    }
    return flow;
  }

  /// The credentials that were typed, by their names; none of those left empty.
  static Map<String, String> credentials(ClientKind.Side side, Form form) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (CredentialField field : side.secrets()) {
      form.text(side.secret(field.name())).ifPresent(value -> typed.put(field.name(), value));
    }
    return typed;
  }

  /// The form as it was filled in, with each problem at its field and the others above; what is
  /// seldom needed is shown where it is not as usual.
  ///
  /// @param usual what stands in a new client's form
  static FormView filled(
      FormView form,
      Map<String, String> values,
      Map<String, String> usual,
      List<ConfigProblem> problems) {
    List<ConfigProblem> refusing = problems.stream().filter(ConfigProblem::refuses).toList();
    List<ConfigProblem> placed = new ArrayList<>();
    FormView filled =
        form.filled(
            field -> {
              List<ConfigProblem> own =
                  refusing.stream().filter(one -> one.place().equals(field.name())).toList();
              placed.addAll(own);
              Field marked = own.isEmpty() ? field : field.error(FlowWords.problems(own));
              String value = values.getOrDefault(field.name(), "");
              if (field.kind() != Field.Kind.PASSWORD) {
                return marked.value(value);
              }
              // Scripts keep what was typed; a page that is loaded anew cannot.
              return value.isEmpty() ? marked : marked.help("Type it again: it is not sent back.");
            },
            null);
    List<ConfigProblem> others =
        refusing.stream().filter(problem -> !placed.contains(problem)).toList();
    FormView told = others.isEmpty() ? filled : filled.error(FlowWords.problems(others));
    return told.opening(field ->
        field.kind() != Field.Kind.PASSWORD
            && !field.value().equals(usual.getOrDefault(field.name(), "")));
  }
}
