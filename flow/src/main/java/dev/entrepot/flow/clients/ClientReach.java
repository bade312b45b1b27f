package dev.entrepot.flow.clients;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tries a client's systems, one call each, before a run does. Safe for use by many threads.
public final class ClientReach {

  /// How a system took it.
  ///
  /// @param told by the connector; empty when it was not reached
  /// @param problem why it was not reached or did not let us in, with the next step; null: it did
  /// @param code of the problem; null: there is none, or nobody was called
  /// @param warning what people must know although all is well, with the next step; null: nothing
  public record Reached(
      String system,
      String title,
      List<String> told,
      @Nullable String problem,
      RemoteException.@Nullable Code code,
      @Nullable String warning) {
    public Reached {
      told = List.copyOf(told);
    }

    /// One of which no more is known.
    public Reached(String system, String title, List<String> told, @Nullable String problem) {
      this(system, title, told, problem, null, null);
    }

    public boolean well() {
      return problem == null;
    }

    private Reached warning(@Nullable String words) {
      return new Reached(system, title, told, problem, code, words);
    }
  }

  private interface Call {
    List<String> make() throws InterruptedException;
  }

  private final ClientSetups setups;
  private final SharedAccounts accounts;
  private final Clock clock;

  public ClientReach(ClientSetups setups, SharedAccounts accounts, Clock clock) {
    this.setups = setups;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// Whether both systems can be reached with the credentials, and let us in; and whether another
  /// client writes to the same account.
  ///
  /// @return the source, then the destination
  /// @throws IllegalArgumentException when the client's configuration cannot be run; for people
  /// @throws dev.entrepot.flow.config.FlowConfigException NOT_FOUND
  public List<Reached> check(String client) throws InterruptedException {
    ClientSetup setup = setup(client);
    RecordSourceFactory from = setup.source().factory();
    RecordDestinationFactory to = setup.target().factory();
    Reached source = source(from, () -> setup.openSource(context(client, from.kind())));
    Reached destination = destination(to, () -> setup.openDestination(context(client, to.kind())));
    return List.of(source, destination.warning(noted(setup)));
  }

  private @Nullable String noted(ClientSetup setup) {
    String client = setup.client().config().id();
    String destination = setup.target().factory().kind();
    return setup
        .account()
        .filter(account -> accounts.note(client, destination, account))
        .flatMap(account -> accounts.warning(client))
        .orElse(null);
  }

  /// The first records of the source, as they come.
  ///
  /// @throws IllegalArgumentException when the client's configuration cannot be run; for people
  /// @throws RemoteException when the source cannot be read; for people
  /// @throws dev.entrepot.flow.config.FlowConfigException NOT_FOUND
  public List<Fields> sample(String client, int most) throws InterruptedException {
    ClientSetup setup = setup(client);
    try (RecordSource source = setup.openSource(context(client, setup.source().factory().kind()))) {
      int size = Math.min(most, source.largestPage());
      return source.read(new Extract(null, size), null).records().stream().limit(most).toList();
    }
  }

  private ClientSetup setup(String client) {
    return setups.of(client).orElseThrow(() -> Clients.notFound(client));
  }

  private static Reached source(RecordSourceFactory kind, Supplier<RecordSource> opening)
      throws InterruptedException {
    return reached(
        kind.kind(),
        kind.title(),
        () -> {
          try (RecordSource source = opening.get()) {
            return source.check();
          }
        });
  }

  private static Reached destination(
      RecordDestinationFactory kind, Supplier<RecordDestination> opening)
      throws InterruptedException {
    return reached(
        kind.kind(),
        kind.title(),
        () -> {
          try (RecordDestination destination = opening.get()) {
            return destination.check();
          }
        });
  }

  private static Reached reached(String system, String title, Call call)
      throws InterruptedException {
    try {
      return new Reached(system, title, call.make(), null, null, null);
    } catch (RemoteException e) {
      return new Reached(system, title, List.of(), String.valueOf(e.getMessage()), e.code(), null);
    } catch (IllegalArgumentException e) {
      return new Reached(system, title, List.of(), String.valueOf(e.getMessage()), null, null);
    }
  }

  /// A single call does not wait for the account's budget: a refusal is told as it is.
  private RemoteContext context(String owner, String kind) {
    return new RemoteContext(
        owner + "/" + kind, Budget.unlimited(), ExchangeRecorder.none(), clock);
  }
}
