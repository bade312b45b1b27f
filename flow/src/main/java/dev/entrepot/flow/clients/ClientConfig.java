package dev.entrepot.flow.clients;

import dev.entrepot.flow.schedules.SchedulePlan;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a client is configured to do: one source, one destination, a mapping, a schedule.
///
/// @param id `client_id`; it never changes
/// @param schedule null: runs begin only when somebody asks for them
/// @param mapping the name of the mapping
/// @param awsAccountId kept for whoever reads it; nothing here uses it
public record ClientConfig(
    String id,
    String name,
    boolean enabled,
    Side source,
    Side destination,
    @Nullable SchedulePlan schedule,
    String mapping,
    FlowOptions options,
    @Nullable String awsAccountId) {

  /// The client's account of a system.
  ///
  /// @param kind of the system, such as `siesa`
  /// @param apiUrl where it is called; empty: as its settings or credentials say
  /// @param secret the full name of its credentials, `siesa-integration/{client_id}/{system}`
  /// @param settings of the connector, those that are not its fallbacks
  public record Side(String kind, String apiUrl, String secret, Map<String, String> settings) {
    public Side {
      settings = Map.copyOf(new TreeMap<>(settings));
    }
  }

  /// The kind of destination.
  public String productType() {
    return destination.kind();
  }

  /// The name of the flow, such as `siesa-kong`.
  public String flow() {
    return source.kind() + "-" + destination.kind();
  }
}
