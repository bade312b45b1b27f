package dev.entrepot.simulators.remote;

import java.net.URI;

/// A simulated system that is being served.
public interface Simulator extends AutoCloseable {

  RemoteServer server();

  /// Its base address, without a slash at the end.
  default URI uri() {
    return server().uri();
  }

  /// To arm faults.
  default Faults faults() {
    return server().faults();
  }

  /// What was called.
  default CallLog log() {
    return server().log();
  }

  @Override
  default void close() {
    server().close();
  }
}
