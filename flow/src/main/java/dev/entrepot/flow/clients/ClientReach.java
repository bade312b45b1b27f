package dev.entrepot.flow.clients;

import dev.entrepot.kit.remote.RemoteSettings;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
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
    ClientSecrets secrets = setup.source().secrets();
    List<Reached> both =
        both(
            client,
            setup.source().factory(),
            setup.source().settings(),
            setup.target().factory(),
            setup.target().settings(),
            system -> secrets.open(client, system));
    return List.of(both.getFirst(), both.getLast().warning(noted(setup)));
  }

  /// As [#check(String)], of a client that is not kept, or not as it is here. Nothing is written
  /// down.
  ///
  /// @param credentials by the kind of the system
  /// @throws IllegalArgumentException when there is no such connector; for people
  public List<Reached> check(ClientConfig client, Function<String, Fields> credentials)
      throws InterruptedException {
    RecordSourceFactory from = setups.source(client);
    RecordDestinationFactory to = setups.destination(client);
    Map<String, String> settings =
        FlowSystems.complete(to.settings(), client.destination().settings());
    List<Reached> both =
        both(
            client.id(),
            from,
            FlowSystems.complete(from.settings(), client.source().settings()),
            to,
            settings,
            credentials);
    Reached destination = both.getLast();
    if (!destination.well()) {
      return both;
    }
    AccountDigests account =
        setups.secrets().digests(client.id(), to.kind(), settings, credentials.apply(to.kind()));
    return List.of(
        both.getFirst(),
        destination.warning(accounts.warning(client.id(), to.kind(), account).orElse(null)));
  }

  /// Asks both at the same time.
  private List<Reached> both(
      String client,
      RecordSourceFactory from,
      Map<String, String> fromSettings,
      RecordDestinationFactory to,
      Map<String, String> toSettings,
      Function<String, Fields> credentials)
      throws InterruptedException {
    Callable<Reached> source =
        () ->
            reached(
                from.kind(),
                from.title(),
                () -> {
                  try (RecordSource opened =
                      from.open(
                          unbroken(fromSettings),
                          credentials.apply(from.kind()),
                          context(client, from.kind()))) {
                    return opened.check();
                  }
                });
    Callable<Reached> destination =
        () ->
            reached(
                to.kind(),
                to.title(),
                () -> {
                  try (RecordDestination opened =
                      to.open(
                          unbroken(toSettings),
                          credentials.apply(to.kind()),
                          context(client, to.kind()))) {
                    return opened.check();
                  }
                });
    try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reached>> answers = asking.invokeAll(List.of(source, destination));
      return List.of(answers.getFirst().get(), answers.getLast().get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a system could not be tried: " + e.getCause(), e);
    }
  }

  /// Without a circuit breaker: what went wrong before says nothing of what was mended since.
  private static Map<String, String> unbroken(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.computeIfPresent(
        RemoteSettings.BREAKER_FAILURES, (_, set) -> set.matches("[0-9]+") ? "0" : set);
    return all;
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
