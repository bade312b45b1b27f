package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.util.Map;

/// How a call ended.
sealed interface CallAnswer {

  /// The destination, or its connector, said what it did.
  record Written(WriteAnswer answer) implements CallAnswer {}

  /// What the destination holds.
  record Found(Map<String, Fields> held) implements CallAnswer {
    public Found {
      held = Map.copyOf(held);
    }
  }

  /// The call was refused or failed: for a write, nothing was written.
  record Refused(RemoteException exception) implements CallAnswer {}

  /// Nothing was sent.
  record NotSent() implements CallAnswer {}

  /// The connector broke its contract, or the machine gave out; what it did is unknown.
  record Broken(Throwable cause) implements CallAnswer {}
}
