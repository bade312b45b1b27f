package dev.entrepot.console.pages.flows;

import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Option;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientDraft;
import dev.entrepot.flow.clients.ClientReach;
import dev.entrepot.flow.clients.SecretView;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.mapping.StarterMapping;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes and changes clients as forms ask for it, with their credentials and, when they begin with
/// one, their mapping: all of it or nothing.
final class ClientDesk {
  /// Stands for the id of a client that has none yet; no client can have it.
  private static final String UNSAVED = "(unsaved)";

  private final FlowConfig config;

  ClientDesk(FlowConfig config) {
    this.config = config;
  }

  /// Mappings that fit, and one to begin with.
  List<Option> mappings(ClientKind kind) {
    List<Option> options = new ArrayList<>();
    for (StoredMapping mapping : config.mappings().all()) {
      if (mapping.document().productType().equals(kind.product().kind())) {
        options.add(Option.of(mapping.name()));
      }
    }
    String starter = starter(kind).name();
    if (options.stream().noneMatch(option -> option.value().equals(starter))) {
      options.addFirst(
          new Option(
              ClientForms.READY + starter,
              starter + " – starter mapping, ready to use; made with the client"));
    }
    return options;
  }

  /// Which of them a new client has until another is chosen: the starter, made or still to be made.
  String usualMapping(ClientKind kind) {
    String starter = starter(kind).name();
    return mappings(kind).stream()
        .map(Option::value)
        .filter(value -> value.equals(starter) || value.equals(ClientForms.READY + starter))
        .findFirst()
        .orElse(starter);
  }

  private StarterMapping starter(ClientKind kind) {
    return config.systems().starter(kind.source().kind(), kind.product().kind());
  }

  /// Whether a form changes what a client is let in with, or where.
  boolean reconnects(ClientKind kind, Client present, Form form) {
    ClientConfig before = present.config();
    ClientConfig after = ClientForms.read(kind, before, before.id(), form, new ConfigProblems());
    return !after.source().equals(before.source())
        || !after.destination().equals(before.destination())
        || kind.sides().stream().anyMatch(side -> !ClientForms.credentials(side, form).isEmpty());
  }

  /// All that is wrong with a new client as a form has it, without looking beyond this program.
  ///
  /// @throws FlowConfigException INVALID with all problems
  void requireMakeable(ClientKind kind, String id, Form form) {
    var _ = makeable(kind, id, form);
  }

  /// @throws FlowConfigException INVALID with all problems, CONFLICT
  Client create(Actor actor, ClientKind kind, String id, Form form) {
    return config.drafts().create(actor, makeable(kind, id, form));
  }

  private ClientDraft makeable(ClientKind kind, String id, Form form) {
    var problems = new ConfigProblems();
    ClientConfig read = ClientForms.read(kind, null, id, form, problems);
    for (ClientKind.Side side : kind.sides()) {
      missing(side, ClientForms.credentials(side, form), problems);
    }
    ClientDraft draft = draft(kind, read, form);
    problems.addAll(config.clients().check(draft.config()));
    if (config.clients().find(id).isPresent()) {
      problems.error(
          "client_id", "there is a client %s already".formatted(id), "choose another id");
    }
    problems.requireNone("client " + id);
    return draft;
  }

  /// All that is wrong with a client as a form changes it, without looking beyond this program.
  ///
  /// @throws FlowConfigException INVALID with all problems
  void requireSavable(ClientKind kind, Client present, Form form) {
    var _ = savable(kind, present, form);
  }

  /// @throws FlowConfigException INVALID with all problems, CONFLICT when it was changed since
  Client update(Actor actor, ClientKind kind, Client present, long revision, Form form) {
    return config.drafts().update(actor, savable(kind, present, form), revision);
  }

  private ClientDraft savable(ClientKind kind, Client present, Form form) {
    var problems = new ConfigProblems();
    String id = present.config().id();
    ClientConfig read = ClientForms.read(kind, present.config(), id, form, problems);
    ClientDraft draft = draft(kind, read, form);
    problems.addAll(config.clients().check(draft.config()));
    problems.requireNone("client " + id);
    return draft;
  }

  private ClientDraft draft(ClientKind kind, ClientConfig read, Form form) {
    ClientConfig client = mapped(read);
    boolean begins =
        !client.mapping().equals(read.mapping())
            && config.mappings().find(client.mapping()).isEmpty();
    Map<String, String> secrets = new LinkedHashMap<>();
    for (ClientKind.Side side : kind.sides()) {
      Map<String, String> typed = ClientForms.credentials(side, form);
      if (!typed.isEmpty()) {
        secrets.put(side.kind(), credentials(client.id(), side, typed));
      }
    }
    return new ClientDraft(client, begins ? ConfigTree.of(starter(kind).tree()) : null, secrets);
  }

  /// What both sides answer to a client as a form has it.
  ///
  /// @param present whose credentials stand for those that were not typed; null: there is none
  List<Tries.Tried> check(ClientKind kind, @Nullable Client present, Form form)
      throws InterruptedException {
    ClientConfig client =
        ClientForms.read(
            kind,
            present == null ? null : present.config(),
            present == null ? UNSAVED : present.config().id(),
            form,
            new ConfigProblems());
    Map<String, Fields> credentials = new LinkedHashMap<>();
    credentials.put(
        kind.from().kind(), credentials(kind.from(), client.source().apiUrl(), present, form));
    credentials.put(
        kind.to().kind(), credentials(kind.to(), client.destination().apiUrl(), present, form));
    List<ClientReach.Reached> both =
        config.reach().check(client, system -> Objects.requireNonNull(credentials.get(system)));
    return List.of(
        new Tries.Tried(kind.from(), both.getFirst()), new Tries.Tried(kind.to(), both.getLast()));
  }

  private Fields credentials(
      ClientKind.Side side, String address, @Nullable Client present, Form form) {
    Map<String, @Nullable Object> all =
        present == null ? new LinkedHashMap<>() : kept(present.config().id(), side);
    all.putAll(Tries.nested(ClientForms.credentials(side, form)));
    if (!address.isEmpty()) {
      all.put("api_url", address);
    }
    return new Fields(all);
  }

  /// What is sealed already; nothing when it cannot be read.
  private Map<String, @Nullable Object> kept(String client, ClientKind.Side side) {
    try {
      return new LinkedHashMap<>(config.secrets().open(client, side.kind()).values());
    } catch (IllegalArgumentException e) {
      return new LinkedHashMap<>(); // What is missing is told by the one that needs it.
    }
  }

  /// The credentials there are, masked, by the names of their fields in forms.
  Map<String, String> masked(ClientKind kind, String client) {
    Map<String, String> masked = new LinkedHashMap<>();
    for (SecretView secret : config.secrets().list(client)) {
      kind.sides().stream()
          .filter(side -> side.kind().equals(secret.system()))
          .forEach(side ->
              secret.fields().forEach((name, value) -> masked.put(side.secret(name), value)));
    }
    return masked;
  }

  /// Credentials as they were typed in one field: JSON or where it is kept as it is, anything else
  /// as the one key that the system asks for, beside what is sealed already.
  String typed(Client client, String system, String text) {
    ClientKind kind = ClientKind.of(config.systems(), client.config());
    boolean whole = text.startsWith("{") || text.startsWith("env:") || text.startsWith("file:");
    List<ClientKind.Side> sides =
        kind.sides().stream().filter(side -> side.kind().equals(system)).toList();
    if (whole || sides.isEmpty()) {
      return text;
    }
    ClientKind.Side side = sides.getFirst();
    List<CredentialField> keys =
        side.secrets().stream().filter(field -> field.mandatory() && field.secret()).toList();
    return keys.size() == 1
        ? credentials(client.config().id(), side, Map.of(keys.getFirst().name(), text))
        : text;
  }

  /// What was typed over what is sealed already, as JSON.
  private String credentials(String client, ClientKind.Side side, Map<String, String> typed) {
    Map<String, @Nullable Object> all = kept(client, side);
    all.putAll(Tries.nested(typed));
    all.remove("api_url");
    return ConfigTree.json(all);
  }

  private static void missing(
      ClientKind.Side side, Map<String, String> typed, ConfigProblems problems) {
    side.secrets().stream()
        .filter(field -> field.mandatory() && !typed.containsKey(field.name()))
        .forEach(field ->
            problems.error(
                side.secret(field.name()),
                field.name() + " of " + side.title() + " is missing",
                "give it: " + field.description()));
  }

  /// The client with the name of the mapping it begins with.
  private static ClientConfig mapped(ClientConfig client) {
    return client.mapping().startsWith(ClientForms.READY)
        ? new ClientConfig(
            client.id(),
            client.name(),
            client.enabled(),
            client.source(),
            client.destination(),
            client.schedule(),
            client.mapping().substring(ClientForms.READY.length()),
            client.options(),
            client.awsAccountId())
        : client;
  }

  /// Which sides did not let us in, at the fields that are at fault.
  static List<ConfigProblem> unreached(List<Tries.Tried> tries) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (Tries.Tried tried : tries) {
      String problem = tried.reached().problem();
      if (problem != null && !tried.place().isEmpty()) {
        problems.add(problem(tried.place(), problem, "check the address, and whether it is up"));
      }
    }
    return problems;
  }

  /// All that is wrong, as far as it is known by its place.
  static List<ConfigProblem> problems(FlowConfigException e, String otherwise) {
    if (!e.problems().isEmpty()) {
      return e.problems();
    }
    return List.of(problem(otherwise, String.valueOf(e.getMessage()), "look at it again"));
  }

  private static ConfigProblem problem(String place, String message, String remedy) {
    String[] told = message.split("; ", 2);
    return new ConfigProblem(
        ConfigProblem.Severity.ERROR, place, told[0], told.length > 1 ? told[1] : remedy);
  }
}
