package dev.entrepot.flow.clients;

import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a client's runs need, ready for use. Holds no credentials: they are read anew each time
/// a system is opened.
///
/// @param mappingRevision of the mapping when this was made
/// @param switches how often the client got another mapping, source or destination before
public record ClientSetup(
    Client client,
    CompiledMapping mapping,
    long mappingRevision,
    long switches,
    Opener source,
    Target target) {
  /// What opens the source.
  public record Opener(
      RecordSourceFactory factory, Map<String, String> settings, ClientSecrets secrets) {}

  /// What opens the destination.
  public record Target(
      RecordDestinationFactory factory, Map<String, String> settings, ClientSecrets secrets) {}

  /// The steps in which an item is written, in their order.
  public List<Step> steps() {
    return target.factory().steps(target.settings());
  }

  /// @throws IllegalArgumentException when settings and credentials do not fit; for people
  public RecordSource openSource(RemoteContext context) {
    Fields credentials = source.secrets().open(client.config().id(), source.factory().kind());
    return source.factory().open(source.settings(), credentials, context);
  }

  /// @throws IllegalArgumentException when settings and credentials do not fit; for people
  public RecordDestination openDestination(RemoteContext context) {
    Fields credentials = target.secrets().open(client.config().id(), target.factory().kind());
    return target.factory().open(target.settings(), credentials, context);
  }

  /// Digests of what tells one account at the source from another. Nothing: the credentials cannot
  /// be read now.
  public Optional<AccountDigests> sourceAccount() {
    String kind = source.factory().kind();
    return source.secrets().digests(client.config().id(), kind, source.settings());
  }

  /// Digests of what tells one account at the destination from another. Nothing: the credentials
  /// cannot be read now.
  public Optional<AccountDigests> account() {
    String kind = target.factory().kind();
    return target.secrets().digests(client.config().id(), kind, target.settings());
  }
}
