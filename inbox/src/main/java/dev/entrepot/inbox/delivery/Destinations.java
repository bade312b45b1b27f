package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.connections.SecretState;
import dev.entrepot.inbox.connections.SecretValues;
import dev.entrepot.kit.outbound.PostResult;
import dev.entrepot.kit.outbound.SigningSecret;
import dev.entrepot.kit.outbound.WebhookPost;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All destinations. Every change is one transaction with its activity, which never holds a secret;
/// the senders of all nodes know of it within about a second. Safe for use by many threads.
public final class Destinations {
  /// So many there can be.
  public static final int MOST = 200;

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final SecretValues secrets;
  private final DestinationCheck check;
  private final WebhookPoster poster;

  /// @param environment gives the values of `env:` secrets, as `System::getenv` does
  /// @param poster posts to the same reach
  public Destinations(
      Database database,
      ActivityLog activities,
      Clock clock,
      SecretSeal seal,
      UnaryOperator<@Nullable String> environment,
      WebhookReach reach,
      WebhookPoster poster) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.secrets = new SecretValues(seal, environment, "destination");
    this.check = new DestinationCheck(reach);
    this.poster = poster;
  }

  /// A destination and the secret that was made for it.
  ///
  /// @param secret to be shown once, and given to the receiver; null: a given one is used
  public record WithSecret(Destination destination, @Nullable String secret) {
    /// Without the secret.
    @Override
    public String toString() {
      return destination.toString();
    }
  }

  /// What became of a test.
  ///
  /// @param status of the answer; null: there was none
  /// @param answer its first characters, or why there was none
  public record Tested(boolean taken, @Nullable Integer status, Duration took, String answer) {}

  /// All, by name.
  public List<Destination> all() {
    return database.read(DestinationRows::all).stream()
        .map(DestinationRows.Stored::destination)
        .toList();
  }

  public Optional<Destination> find(String name) {
    return database
        .read(connection -> DestinationRows.find(connection, name))
        .map(DestinationRows.Stored::destination);
  }

  /// Makes a destination.
  ///
  /// @param secret that signs (`whsec_…`), or `env:NAME` or `file:/path`; null: one is made
  /// @throws InboxException INVALID; CONFLICT when the name is taken, or there are too many
  public WithSecret create(Actor actor, DestinationDraft draft, @Nullable String secret) {
    check.require(draft);
    String used = secret == null ? SigningSecret.make() : secret;
    String stored = stored(draft.name(), used);
    Instant now = clock.instant();
    Destination made =
        change(
            draft.name(),
            transaction -> {
              requireRoom(transaction);
              if (!DestinationRows.insert(transaction, draft, now)) {
                throw new InboxException(
                    Code.CONFLICT,
                    "name",
                    "destination "
                        + draft.name()
                        + " exists already; change it, or take another name");
              }
              boolean _ = DestinationRows.addSecret(transaction, draft.name(), stored, now, now);
              record(transaction, actor, "create", draft.name(), fields(draft));
            });
    return new WithSecret(made, secret == null ? used : null);
  }

  private static void requireRoom(Connection transaction) {
    if (DestinationRows.count(transaction) >= MOST) {
      throw new InboxException(
          Code.CONFLICT,
          "there are " + MOST + " destinations, which is the most; change one that is not used");
    }
  }

  /// Changes a destination; its name stays. Enabling one that was disabled keeps its dead
  /// deliveries; they can be tried again.
  ///
  /// @param revision of the destination as it was when the change was thought out
  /// @throws InboxException INVALID, NOT_FOUND, CONFLICT when it was changed since
  public Destination update(Actor actor, DestinationDraft draft, long revision) {
    check.require(draft);
    return change(
        draft.name(),
        transaction -> {
          if (!DestinationRows.update(transaction, draft, revision, clock.instant())) {
            throw new InboxException(
                Code.CONFLICT,
                "revision",
                "destination "
                    + draft.name()
                    + " is at revision "
                    + required(transaction, draft.name()).revision()
                    + ", not "
                    + revision
                    + "; look at it again");
          }
          record(transaction, actor, "update", draft.name(), fields(draft));
        });
  }

  /// Gives a destination a new secret. For a while those before it sign, too: receivers then find
  /// several signatures, and need one of them to fit.
  ///
  /// @param secret the value, or `env:NAME` or `file:/path`; null: one is made
  /// @param overlap how long the secrets before it go on signing; zero: not at all
  /// @throws InboxException INVALID, NOT_FOUND
  public WithSecret rotate(Actor actor, String name, @Nullable String secret, Duration overlap) {
    if (overlap.isNegative()) {
      throw DestinationCheck.invalid("overlap", "secrets cannot remain valid for " + overlap);
    }
    String used = secret == null ? SigningSecret.make() : secret;
    String stored = stored(name, used);
    Instant now = clock.instant();
    Destination changed =
        change(
            name,
            transaction -> {
              if (!DestinationRows.addSecret(transaction, name, stored, now.plus(overlap), now)) {
                throw notFound(name);
              }
              record(
                  transaction, actor, "rotate-secret", name, Map.of("overlap", overlap.toString()));
            });
    return new WithSecret(changed, secret == null ? used : null);
  }

  private String stored(String name, String secret) {
    if (SecretValues.reference(secret) == null && !SigningSecret.fits(secret)) {
      throw DestinationCheck.invalid(
          "secret",
          "a secret is whsec_ and Base64 of 24 to 64 bytes; leave it out to have one made");
    }
    try {
      return secrets.stored(name, secret);
    } catch (IllegalArgumentException e) {
      throw DestinationCheck.invalid("secret", String.valueOf(e.getMessage()));
    }
  }

  /// Posts an event of type `entrepot.test` at once, whatever the destination's state, and waits
  /// for the answer. It is tried once.
  ///
  /// @throws InboxException NOT_FOUND; CONFLICT when it has no secret that can sign
  public Tested test(Actor actor, String name) {
    OpenDestination open =
        database
            .read(connection -> DestinationRows.find(connection, name))
            .map(this::opened)
            .orElseThrow(() -> notFound(name));
    if (open.secrets().isEmpty()) {
      throw new InboxException(Code.CONFLICT, "secret", String.valueOf(open.problem()));
    }
    String id = "test_" + SortableId.next();
    try {
      PostResult result =
          poster.post(
              WebhookPost.of(
                  open.destination().url(),
                  id,
                  Envelope.test(id, clock.instant()),
                  open.secrets()));
      int _ =
          database.write(transaction -> {
            record(transaction, actor, "test", name, Map.of("result", Attempts.words(result)));
            return 1;
          });
      return new Tested(
          result instanceof PostResult.Answered answered && answered.taken(),
          Attempts.status(result),
          result.took(),
          Attempts.answer(result));
    } catch (IllegalStateException e) {
      throw new InboxException(Code.CONFLICT, "secret", String.valueOf(e.getMessage()));
    }
  }

  /// All with their secrets, for those who post.
  List<OpenDestination> open() {
    return database.read(DestinationRows::all).stream().map(this::opened).toList();
  }

  private OpenDestination opened(DestinationRows.Stored stored) {
    Instant now = clock.instant();
    String name = stored.destination().name();
    List<String> values = new ArrayList<>();
    String problem = null;
    for (DestinationRows.StoredSecret secret : stored.secrets()) {
      SecretState state = secret.state();
      if (state.valid(now)) {
        try {
          values.add(secrets.resolve(name, secret.value()));
        } catch (IllegalStateException e) {
          problem = e.getMessage();
        }
      }
    }
    if (values.isEmpty() && problem == null) {
      problem = "destination " + name + " has no secret to sign with; give it one";
    }
    return new OpenDestination(stored.destination(), values, problem);
  }

  private Destination change(String name, Consumer<Connection> work) {
    return database.write(transaction -> {
      work.accept(transaction);
      return required(transaction, name);
    });
  }

  private void record(
      Connection transaction, Actor actor, String verb, String name, Map<String, ?> details) {
    activities.record(transaction, actor, "destination." + verb, "destination/" + name, details);
  }

  private static Map<String, ?> fields(DestinationDraft draft) {
    return Map.of(
        "tenant", draft.tenant(),
        "title", draft.title(),
        "url", draft.url(),
        "topics", draft.topics(),
        "connections", draft.connections(),
        "state", draft.state());
  }

  private static Destination required(Connection connection, String name) {
    return DestinationRows.find(connection, name)
        .map(DestinationRows.Stored::destination)
        .orElseThrow(() -> notFound(name));
  }

  static InboxException notFound(String name) {
    return new InboxException(
        Code.NOT_FOUND,
        "there is no destination \"" + name + "\"; their names: entrepot destination list");
  }
}
