package dev.entrepot.contract;

import dev.entrepot.spi.record.Fields;
import java.util.Map;

/// The other side of a contract test: a simulated system that is empty at first, and one account of
/// it. A connector's test starts one for every test.
public interface RemoteHarness extends AccountHarness {

  /// Settings with which the connector soon gives up waiting for an answer.
  default Map<String, String> impatience() {
    return Map.of("answer-timeout", "1s");
  }

  /// The account's credentials, with addresses on 127.0.0.1.
  @Override
  Fields credentials();

  /// Does this to every call from now on.
  void arm(Disruption disruption);

  /// Does no harm to calls any more.
  void disarm();

  /// How many calls have arrived, those that are kept waiting among them.
  long calls();

  /// Stops it; calls that wait get no answer.
  @Override
  void close();
}
