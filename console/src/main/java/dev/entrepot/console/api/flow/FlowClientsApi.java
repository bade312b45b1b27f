package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.api.Version;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientImport;
import dev.entrepot.flow.clients.ClientReach;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.clients.ClientRevision;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.OutstandingRecords;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Clients: who is synchronised, from where to where, when. Bodies carry a client's configuration
/// in its established form.
public final class FlowClientsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final Access RUN = Access.needs(Permission.RUN_FLOWS);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_FLOWS);
  private static final long IMPORT_BYTES = 32L << 20;

  private record NoWish() {}

  /// @param text the configuration in YAML, instead of `config`
  /// @param revision null: the client is made
  private record Wanted(
      @Nullable JsonNode config, @Nullable String text, @Nullable Integer revision) {}

  private record Checked(@Nullable JsonNode config, @Nullable String text) {}

  private record CheckAnswer(boolean usable, List<ConfigProblem> problems) {
    static CheckAnswer of(List<ConfigProblem> problems) {
      return new CheckAnswer(problems.stream().noneMatch(ConfigProblem::refuses), problems);
    }
  }

  private record RevisionAnswer(
      long revision, @Nullable Map<String, @Nullable Object> config, String actor, Instant at) {
    static RevisionAnswer of(ClientRevision revision) {
      ClientConfig config = revision.config();
      return new RevisionAnswer(
          revision.revision(),
          config == null ? null : ClientTree.of(config),
          revision.actor(),
          revision.at());
    }
  }

  private record ImportWish(String text, @Nullable Boolean dryRun) {}

  private record ImportAnswer(boolean dryRun, List<ClientImport.Result> items) {}

  private record Reach(boolean well, List<ClientReach.Reached> systems) {}

  private final FlowConfig config;
  private final OutstandingRecords outstanding;
  private final ClientAnswers answers;

  public FlowClientsApi(Flows flows, ClientAnswers answers) {
    this.config = flows.config();
    this.outstanding = flows.outstanding();
    this.answers = answers;
  }

  public List<Route> routes() {
    String all = ApiPath.of("/flows/clients");
    String one = all + "/{id}";
    return List.of(
        Route.get(all, "listClients", READ, this::list),
        Route.post(all + "/check", "checkClient", READ, this::check),
        Route.post(all + "/import", "importClients", MANAGE, this::imports)
            .taking(Body.json(IMPORT_BYTES)),
        Route.get(one, "getClient", READ, this::find),
        Route.put(one, "putClient", MANAGE, this::put),
        Route.delete(one, "removeClient", MANAGE, this::remove),
        Route.post(one + "/enable", "enableClient", MANAGE, exchange -> enable(exchange, true)),
        Route.post(one + "/disable", "disableClient", MANAGE, exchange -> enable(exchange, false)),
        Route.get(one + "/revisions", "listClientRevisions", READ, this::revisions),
        Route.get(one + "/outstanding", "listOutstanding", READ, this::outstanding),
        Route.get(one + "/schedule", "getClientSchedule", READ, this::schedule),
        Route.post(one + "/reach", "reachClientSystems", RUN, this::reach));
  }

  private Answer list(Exchange exchange) {
    Boolean enabled = exchange.query().text("enabled").map(FlowClientsApi::truth).orElse(null);
    var page =
        config
            .clients()
            .list(
                enabled,
                exchange.query().text("product_type").orElse(null),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize());
    return Answer.json(new Items<>(page.items().stream().map(answers::of).toList(), page.next()));
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ProblemException.invalid(
              "enabled", "enabled is \"%s\"; it must be true or false".formatted(text));
    };
  }

  private Answer find(Exchange exchange) {
    return tagged(config.clients().require(exchange.variable("id")));
  }

  private Answer put(Exchange exchange) {
    String id = exchange.variable("id");
    Wanted wanted = exchange.json(Wanted.class);
    ClientConfig client =
        read(named(Trees.either(wanted.config(), wanted.text(), "config"), id), id);
    boolean present = wanted.revision() != null || exchange.header("If-Match").isPresent();
    if (present) {
      return tagged(
          config
              .clients()
              .update(
                  exchange.principal().actor(), client, Version.of(exchange, wanted.revision())));
    }
    Client made = config.clients().create(exchange.principal().actor(), client);
    return Answer.created(ApiPath.of("/flows/clients/" + made.config().id()), answers.of(made))
        .with("ETag", Version.tag(made.revision()));
  }

  /// A client that is put where another one lives would be two things at once.
  private static ConfigTree named(ConfigTree tree, String id) {
    if (!(tree.value() instanceof Map<?, ?> fields)) {
      throw ProblemException.invalid("config", "config is no JSON object; send a client's fields");
    }
    Object told = fields.get(ClientReader.ID);
    if (told != null && !told.toString().equals(id)) {
      throw ProblemException.invalid(
          ClientReader.ID,
          "client_id is \"%s\", and the address names %s; an id never changes, so send it there"
              .formatted(told, id));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put(ClientReader.ID, id);
    fields.forEach((name, value) -> named.put(String.valueOf(name), value));
    named.put(ClientReader.ID, id);
    return ConfigTree.of(named);
  }

  private ClientConfig read(ConfigTree tree, String id) {
    var problems = new ConfigProblems();
    ClientConfig client = ClientReader.read(tree, problems);
    if (problems.refuses()) {
      problems.addAll(config.clients().check(client));
    }
    problems.requireNone("client " + id);
    return client;
  }

  private Answer check(Exchange exchange) {
    Checked wanted = exchange.json(Checked.class);
    var problems = new ConfigProblems();
    ClientConfig client =
        ClientReader.read(Trees.either(wanted.config(), wanted.text(), "config"), problems);
    problems.addAll(config.clients().check(client));
    return Answer.json(CheckAnswer.of(problems.all()));
  }

  private Answer remove(Exchange exchange) {
    String id = exchange.variable("id");
    config
        .clients()
        .remove(
            exchange.principal().actor(),
            id,
            revision(exchange).orElseGet(() -> config.clients().require(id).revision()));
    return Answer.done();
  }

  static Optional<Long> revision(Exchange exchange) {
    return exchange.header("If-Match").isPresent()
        ? Optional.of((long) Version.of(exchange, null))
        : Optional.empty();
  }

  private Answer enable(Exchange exchange, boolean enabled) {
    NoWish _ = exchange.json(NoWish.class);
    return tagged(
        config.clients().enable(exchange.principal().actor(), exchange.variable("id"), enabled));
  }

  private Answer revisions(Exchange exchange) {
    String id = exchange.variable("id");
    List<ClientRevision> revisions = config.clients().revisions(id);
    if (revisions.isEmpty()) {
      // Those of a removed client remain.
      Client _ = config.clients().require(id);
    }
    return Answer.json(Items.all(revisions.stream().map(RevisionAnswer::of).toList()));
  }

  private Answer outstanding(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    var page =
        outstanding.list(
            client.config().id(),
            exchange.choice("by", Outstanding.By.class).orElse(null),
            exchange.query().text("cursor").orElse(null),
            exchange.pageSize());
    return Answer.json(new Items<>(page.items(), page.next()));
  }

  private Answer schedule(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    return answers
        .schedule(client.config().id())
        .map(Answer::json)
        .orElseThrow(() ->
            ProblemException.notFound(
                "client %s has no sync_schedule; its runs begin only when somebody asks for them"
                    .formatted(client.config().id())));
  }

  private Answer reach(Exchange exchange) throws InterruptedException {
    NoWish _ = exchange.json(NoWish.class);
    try {
      List<ClientReach.Reached> reached = config.reach().check(exchange.variable("id"));
      return Answer.json(new Reach(reached.stream().allMatch(ClientReach.Reached::well), reached));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(null, String.valueOf(e.getMessage()));
    }
  }

  private Answer imports(Exchange exchange) {
    ImportWish wish = exchange.json(ImportWish.class);
    boolean dryRun = Boolean.TRUE.equals(wish.dryRun());
    return Answer.json(
        new ImportAnswer(
            dryRun, config.imports().run(exchange.principal().actor(), wish.text(), dryRun)));
  }

  private Answer tagged(Client client) {
    return Answer.json(answers.of(client)).with("ETag", Version.tag(client.revision()));
  }
}
