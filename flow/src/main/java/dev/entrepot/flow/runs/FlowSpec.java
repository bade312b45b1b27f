package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.RecordMapping;
import dev.entrepot.spi.destination.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that a run needs to know of a client.
///
/// @param tenant the client's id
/// @param flow its name, such as `siesa-kong`
/// @param source the source's kind
/// @param destination the destination's kind; what it is known to hold is kept under this name
/// @param basis another one has the next run read everything
/// @param steps of the destination, in their order
/// @param syncedBefore up to when another program has brought the destination up to date; the first
///   incremental run reads what changed since; null: that is not known
/// @param account a digest of the account at the destination: of another one nothing is known;
///   nothing: it cannot be told
/// @param sourceAccount the same of the account at the source: of another one nothing was read
public record FlowSpec(
    String tenant,
    String flow,
    String source,
    String destination,
    RecordMapping mapping,
    Basis basis,
    List<Step> steps,
    FlowSettings settings,
    SourceOpener openSource,
    DestinationOpener openDestination,
    @Nullable Instant syncedBefore,
    Supplier<Optional<String>> account,
    Supplier<Optional<String>> sourceAccount) {
  public FlowSpec {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("destination " + destination + " has no steps");
    }
  }

  /// What is known of the client without making it ready to run.
  public FlowName name() {
    return new FlowName(tenant, flow, source, destination);
  }

  /// One whose destination no other program has written to, of a client that has had one mapping,
  /// source and destination.
  public FlowSpec(
      String tenant,
      String flow,
      String source,
      String destination,
      RecordMapping mapping,
      int mappingRevision,
      List<Step> steps,
      FlowSettings settings,
      SourceOpener openSource,
      DestinationOpener openDestination) {
    this(
        tenant,
        flow,
        source,
        destination,
        mapping,
        new Basis(mappingRevision, 0),
        steps,
        settings,
        openSource,
        openDestination,
        null,
        Optional::empty,
        Optional::empty);
  }
}
