package dev.entrepot.flow.clients;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tries a client's systems, one call each, before a run does. Safe for use by many threads.
public final class ClientReach {

  /// How a system took it.
  ///
  /// @param told by the connector; empty when it was not reached
  /// @param problem why it was not reached or did not let us in, with the next step; null: it did
  public record Reached(String system, String title, List<String> told, @Nullable String problem) {
    public Reached {
      told = List.copyOf(told);
    }

    public boolean well() {
      return problem == null;
    }
  }

  private interface Call {
    List<String> make() throws InterruptedException;
  }

  private final ClientSetups setups;
  private final Clock clock;

  public ClientReach(ClientSetups setups, Clock clock) {
    this.setups = setups;
    this.clock = clock;
  }

  /// Whether both systems can be reached with the credentials, and let us in.
  ///
  /// @return the source, then the destination
  /// @throws IllegalArgumentException when the client's configuration cannot be run; for people
  /// @throws dev.entrepot.flow.config.FlowConfigException NOT_FOUND
  public List<Reached> check(String client) throws InterruptedException {
    ClientSetup setup = setup(client);
    return List.of(source(setup), destination(setup));
  }

  /// The first records of the source, as they come.
  ///
  /// @throws IllegalArgumentException when the client's configuration cannot be run; for people
  /// @throws RemoteException when the source cannot be read; for people
  /// @throws dev.entrepot.flow.config.FlowConfigException NOT_FOUND
  public List<Fields> sample(String client, int most) throws InterruptedException {
    ClientSetup setup = setup(client);
    try (RecordSource source = setup.openSource(context(setup, setup.source().factory().kind()))) {
      int size = Math.min(most, source.largestPage());
      return source.read(new Extract(null, size), null).records().stream().limit(most).toList();
    }
  }

  private ClientSetup setup(String client) {
    return setups.of(client).orElseThrow(() -> Clients.notFound(client));
  }

  private Reached source(ClientSetup setup) throws InterruptedException {
    String kind = setup.source().factory().kind();
    return reached(
        kind,
        setup.source().factory().title(),
        () -> {
          try (RecordSource source = setup.openSource(context(setup, kind))) {
            return source.check();
          }
        });
  }

  private Reached destination(ClientSetup setup) throws InterruptedException {
    String kind = setup.target().factory().kind();
    return reached(
        kind,
        setup.target().factory().title(),
        () -> {
          try (RecordDestination destination = setup.openDestination(context(setup, kind))) {
            return destination.check();
          }
        });
  }

  private static Reached reached(String system, String title, Call call)
      throws InterruptedException {
    try {
      return new Reached(system, title, call.make(), null);
    } catch (RemoteException | IllegalArgumentException e) {
      return new Reached(system, title, List.of(), String.valueOf(e.getMessage()));
    }
  }

  /// A single call does not wait for the account's budget: a refusal is told as it is.
  private RemoteContext context(ClientSetup setup, String kind) {
    return new RemoteContext(
        setup.client().config().id() + "/" + kind,
        Budget.unlimited(),
        ExchangeRecorder.none(),
        clock);
  }
}
