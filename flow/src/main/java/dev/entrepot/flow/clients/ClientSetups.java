package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes clients ready to run from what is configured now. Safe for use by many threads.
public final class ClientSetups {
  private static final int MOST_KEPT = 500;

  /// A mapping is compiled once for all clients that use it in the same way.
  private record Key(
      String mapping, long revision, ClientConfig.Side source, ClientConfig.Side destination) {}

  private final Clients clients;
  private final Mappings mappings;
  private final ClientSecrets secrets;
  private final FlowSystems systems;
  private final Map<Key, CompiledMapping> compiled = new ConcurrentHashMap<>();

  public ClientSetups(
      Clients clients, Mappings mappings, ClientSecrets secrets, FlowSystems systems) {
    this.clients = clients;
    this.mappings = mappings;
    this.secrets = secrets;
    this.systems = systems;
  }

  /// @return nothing: there is no such client
  /// @throws IllegalArgumentException when the client's configuration cannot be run; the message is
  ///   for people
  public Optional<ClientSetup> of(String id) {
    return clients.find(id).map(this::setup);
  }

  /// A client's configuration, whether it can be run or not; nothing: there is no such client.
  public Optional<ClientConfig> config(String id) {
    return clients.find(id).map(Client::config);
  }

  /// @throws IllegalArgumentException when there is no such connector; for people
  RecordSourceFactory source(ClientConfig config) {
    return systems.source(config.source().kind()).orElseThrow(() -> unknown(config.source()));
  }

  /// @throws IllegalArgumentException when there is no such connector; for people
  RecordDestinationFactory destination(ClientConfig config) {
    return systems
        .destination(config.destination().kind())
        .orElseThrow(() -> unknown(config.destination()));
  }

  ClientSecrets secrets() {
    return secrets;
  }

  private ClientSetup setup(Client client) {
    ClientConfig config = client.config();
    StoredMapping mapping =
        mappings
            .find(config.mapping())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "client %s uses mapping %s, which is not there; add it, or name another one"
                        .formatted(config.id(), config.mapping())));
    if (!mapping.document().productType().equals(config.productType())) {
      throw new IllegalArgumentException(
          "client %s is of product type %s, and its mapping %s is for %s; name one for %s"
              .formatted(
                  config.id(),
                  config.productType(),
                  config.mapping(),
                  mapping.document().productType(),
                  config.productType()));
    }
    RecordSourceFactory source = source(config);
    RecordDestinationFactory target = destination(config);
    return new ClientSetup(
        client,
        compiled(config, mapping),
        mapping.revision(),
        switches(config.id()),
        new ClientSetup.Opener(
            source, FlowSystems.complete(source.settings(), config.source().settings()), secrets),
        new ClientSetup.Target(
            target,
            FlowSystems.complete(target.settings(), config.destination().settings()),
            secrets));
  }

  private long switches(String id) {
    List<ClientRevision> revisions = clients.revisions(id);
    long switches = 0;
    for (int at = 1; at < revisions.size(); at++) {
      ClientConfig later = revisions.get(at - 1).config();
      ClientConfig earlier = revisions.get(at).config();
      boolean same =
          later != null
              && earlier != null
              && later.mapping().equals(earlier.mapping())
              && same(later.source(), earlier.source())
              && same(later.destination(), earlier.destination());
      switches += same ? 0 : 1;
    }
    return switches;
  }

  /// Whether it is the same account, and speaks alike.
  private static boolean same(ClientConfig.Side later, ClientConfig.Side earlier) {
    return later.kind().equals(earlier.kind())
        && later.apiUrl().equals(earlier.apiUrl())
        && later.secret().equals(earlier.secret())
        && RemoteSettings.identifying(later.settings())
            .equals(RemoteSettings.identifying(earlier.settings()));
  }

  private CompiledMapping compiled(ClientConfig config, StoredMapping mapping) {
    if (compiled.size() > MOST_KEPT) {
      compiled.clear();
    }
    var key = new Key(mapping.name(), mapping.revision(), config.source(), config.destination());
    try {
      return compiled.computeIfAbsent(
          key,
          _ ->
              CompiledMapping.of(
                  mapping.document(), systems.fields(config.source(), config.destination())));
    } catch (FlowConfigException e) {
      throw new IllegalArgumentException(
          "mapping %s of client %s: %s"
              .formatted(mapping.name(), config.id(), String.valueOf(e.getMessage())),
          e);
    }
  }

  private static IllegalArgumentException unknown(ClientConfig.Side side) {
    return new IllegalArgumentException(
        "there is no connector for \"%s\"; add it to the program".formatted(side.kind()));
  }
}
