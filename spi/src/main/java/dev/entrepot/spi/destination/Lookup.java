package dev.entrepot.spi.destination;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.util.List;
import java.util.Map;

/// A destination that can be asked what it holds. Without it, writes whose result is unknown are
/// repeated.
public interface Lookup {

  /// What it holds of these things now.
  ///
  /// @param step whose part of the items is asked for
  /// @param keys at most as many as the step's limit
  /// @return by key, in the names and types of [Step#part]; keys it does not have are absent
  /// @throws RemoteException when it cannot be asked; nothing is repeated here
  /// @throws InterruptedException at once when the thread is interrupted
  Map<String, Fields> find(String step, List<String> keys) throws InterruptedException;
}
