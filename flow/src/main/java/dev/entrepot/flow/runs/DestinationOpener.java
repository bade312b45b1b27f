package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.remote.RemoteContext;

/// Opens a client's account of the system that is written.
@FunctionalInterface
public interface DestinationOpener {
  /// @throws IllegalArgumentException when settings and credentials do not fit; for people
  RecordDestination open(RemoteContext context);
}
