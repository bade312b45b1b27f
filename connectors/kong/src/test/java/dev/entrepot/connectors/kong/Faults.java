package dev.entrepot.connectors.kong;

import dev.entrepot.contract.Disruption;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.Faults.Armed;
import dev.entrepot.simulators.remote.Harm;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The contract's disruptions as the simulator's faults.
final class Faults {
  private static final Duration LONG = Duration.ofMinutes(10);

  private Faults() {}

  /// Calls that are kept waiting: the log has them once they end.
  static int held(List<Armed> armed) {
    return armed.stream()
        .filter(one -> one.fault().harm() instanceof Harm.Delay)
        .mapToInt(Armed::done)
        .sum();
  }

  static Fault of(Disruption disruption) {
    return switch (disruption) {
      case Disruption.Answer(int status, String retryAfter) ->
          Fault.of(
              new Harm.Answer(
                  status, null, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter)));
      case Disruption.Harm harm ->
          switch (harm) {
            case CUT_BEFORE -> Fault.cutBefore();
            case CUT_AFTER -> Fault.cutAfter();
            case SILENT_BEFORE -> Fault.delay(LONG);
            case SILENT_AFTER -> Fault.silentAfter();
            case MALFORMED -> Fault.malformed();
            case TRUNCATED -> Fault.truncated();
          };
    };
  }
}
