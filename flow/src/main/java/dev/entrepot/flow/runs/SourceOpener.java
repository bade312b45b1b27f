package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.RecordSource;

/// Opens a client's account of the system that is read.
@FunctionalInterface
public interface SourceOpener {
  /// @throws IllegalArgumentException when settings and credentials do not fit; for people
  RecordSource open(RemoteContext context);
}
