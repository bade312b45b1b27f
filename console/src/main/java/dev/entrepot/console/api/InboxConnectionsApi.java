package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.connections.SecretState;
import dev.entrepot.inbox.feeds.Feeds;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Connections of the inbox, their secrets, and events that test them. The value of a secret is
/// never answered.
public final class InboxConnectionsApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_CONNECTIONS);
  private static final Duration OVERLAP = Duration.ofDays(1);

  private record KindAnswer(
      String kind, String title, boolean signed, String secretHint, List<SettingField> settings) {
    static KindAnswer of(EventSourceFactory factory) {
      return new KindAnswer(
          factory.kind(),
          factory.title(),
          factory.signed(),
          factory.secretHint(),
          factory.settings());
    }
  }

  /// @param endsWith its last characters; null: it is short, or cannot be had
  private record SecretAnswer(
      int number,
      @Nullable String reference,
      @Nullable String endsWith,
      Instant createdAt,
      @Nullable Instant validUntil) {
    static SecretAnswer of(SecretState secret, Map<Integer, String> endings) {
      return new SecretAnswer(
          secret.number(),
          secret.reference(),
          endings.get(secret.number()),
          secret.createdAt(),
          secret.validUntil());
    }
  }

  private record ConnectionAnswer(
      String name,
      String address,
      String tenant,
      String kind,
      String title,
      Map<String, String> settings,
      InboxConnection.State state,
      int mostBodyBytes,
      InboxConnection.DeadLetterPolicy deadLetters,
      List<SecretAnswer> secrets,
      @Nullable String problem,
      Instant createdAt,
      Instant updatedAt,
      int version) {}

  private record NewConnection(
      String name,
      String tenant,
      String kind,
      @Nullable String title,
      @Nullable Map<String, String> settings,
      InboxConnection.@Nullable State state,
      @Nullable Integer mostBodyBytes,
      InboxConnection.@Nullable DeadLetterPolicy deadLetters,
      @Nullable String secret) {
    ConnectionDraft draft() {
      return new ConnectionDraft(
          name,
          tenant,
          kind,
          title == null ? name : title,
          settings == null ? Map.of() : settings,
          state == null ? InboxConnection.State.ENABLED : state,
          mostBodyBytes == null ? ConnectionDraft.DEFAULT_MOST_BODY_BYTES : mostBodyBytes,
          deadLetters == null ? InboxConnection.DeadLetterPolicy.RELEASE : deadLetters);
    }
  }

  private record ChangedConnection(
      String tenant,
      String kind,
      String title,
      Map<String, String> settings,
      InboxConnection.State state,
      int mostBodyBytes,
      InboxConnection.DeadLetterPolicy deadLetters,
      @Nullable Integer version) {
    ConnectionDraft draft(String name) {
      return new ConnectionDraft(
          name, tenant, kind, title, settings, state, mostBodyBytes, deadLetters);
    }
  }

  private record NewSecret(String secret, @Nullable Duration overlap) {}

  private record RemovedAnswer(String name, @Nullable Instant removedAt) {}

  private record NoWish() {}

  private record TestAnswer(
      boolean kept,
      boolean duplicate,
      @Nullable String event,
      int status,
      @Nullable String message) {}

  private final Connections connections;
  private final Intake intake;
  private final Feeds feeds;

  public InboxConnectionsApi(Inbox inbox) {
    this.connections = inbox.connections();
    this.intake = inbox.intake();
    this.feeds = inbox.feeds();
  }

  public List<Route> routes() {
    String one = ApiPath.of("/inbox/connections/{name}");
    return List.of(
        Route.get(ApiPath.of("/inbox/kinds"), "listSenderKinds", READ, this::kinds),
        Route.get(ApiPath.of("/inbox/connections"), "listConnections", READ, this::list),
        Route.post(ApiPath.of("/inbox/connections"), "createConnection", MANAGE, this::create)
            .replayed(),
        Route.get(one, "getConnection", READ, this::find),
        Route.put(one, "updateConnection", MANAGE, this::update),
        Route.delete(one, "removeConnection", MANAGE, this::remove),
        Route.post(one + "/secret", "rotateConnectionSecret", MANAGE, this::rotate).replayed(),
        Route.delete(one + "/secrets/{number}", "dropConnectionSecret", MANAGE, this::drop),
        Route.post(one + "/test", "sendTestEvent", WRITE, this::test),
        Route.get(one + "/feeds", "listFeedStates", READ, this::feeds));
  }

  private Answer kinds(Exchange exchange) {
    return Answer.json(
        Items.all(
            connections.kinds().values().stream()
                .sorted(Comparator.comparing(EventSourceFactory::kind))
                .map(KindAnswer::of)
                .toList()));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(connections.all().stream().map(InboxConnectionsApi::answer).toList()));
  }

  private Answer create(Exchange exchange) {
    NewConnection wanted = exchange.json(NewConnection.class);
    InboxConnection made =
        connections.create(exchange.principal().actor(), wanted.draft(), wanted.secret());
    ConnectionAnswer answer = answer(required(made.name()));
    return Answer.created(ApiPath.of("/inbox/connections/" + made.name()), answer)
        .with("ETag", Version.tag(answer.version()));
  }

  private Answer find(Exchange exchange) {
    return tagged(exchange.variable("name"));
  }

  /// Its sender may not know yet: while events come, it must be confirmed.
  private Answer remove(Exchange exchange) {
    boolean confirmed = exchange.query().text("confirm").filter("true"::equals).isPresent();
    InboxConnection removed =
        intake.remove(
            exchange.principal().actor(),
            exchange.variable("name"),
            confirmed ? Intake.Recent.REMOVE : Intake.Recent.REFUSE);
    return Answer.json(new RemovedAnswer(removed.name(), removed.removedAt()));
  }

  private Answer update(Exchange exchange) {
    String name = exchange.variable("name");
    ChangedConnection changed = exchange.json(ChangedConnection.class);
    connections.update(
        exchange.principal().actor(), changed.draft(name), Version.of(exchange, changed.version()));
    return tagged(name);
  }

  private Answer rotate(Exchange exchange) {
    String name = exchange.variable("name");
    NewSecret wanted = exchange.json(NewSecret.class);
    connections.rotate(
        exchange.principal().actor(),
        name,
        wanted.secret(),
        Optional.ofNullable(wanted.overlap()).orElse(OVERLAP));
    return tagged(name);
  }

  private Answer drop(Exchange exchange) {
    String name = exchange.variable("name");
    connections.dropSecret(
        exchange.principal().actor(),
        name,
        Math.toIntExact(Math.min(exchange.number("number"), Integer.MAX_VALUE)));
    return tagged(name);
  }

  private Answer test(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    String name = exchange.variable("name");
    Receipt receipt =
        intake.acceptTest(name, connections.sample(exchange.principal().actor(), name));
    return Answer.json(
        switch (receipt) {
          case Receipt.Accepted(long position) ->
              new TestAnswer(true, false, Positions.text(position), 200, null);
          case Receipt.Duplicate(long first) ->
              new TestAnswer(true, true, Positions.text(first), 200, null);
          case Receipt.Refused refused ->
              new TestAnswer(false, false, null, refused.reason().status(), refused.message());
        });
  }

  private Answer feeds(Exchange exchange) {
    OpenConnection open = required(exchange.variable("name"));
    return Answer.json(Items.all(feeds.states(open.connection().name())));
  }

  private Answer tagged(String name) {
    ConnectionAnswer answer = answer(required(name));
    return Answer.json(answer).with("ETag", Version.tag(answer.version()));
  }

  private OpenConnection required(String name) {
    return connections.required(name);
  }

  private static ConnectionAnswer answer(OpenConnection open) {
    InboxConnection connection = open.connection();
    Map<Integer, String> endings = open.endings();
    return new ConnectionAnswer(
        connection.name(),
        "/hooks/" + connection.name(),
        connection.tenant(),
        connection.kind(),
        connection.title(),
        connection.settings(),
        connection.state(),
        connection.mostBodyBytes(),
        connection.deadLetters(),
        connection.secrets().stream().map(secret -> SecretAnswer.of(secret, endings)).toList(),
        open.problem().orElse(null),
        connection.createdAt(),
        connection.updatedAt(),
        Math.toIntExact(connection.revision()));
  }
}
