package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How Siesa is asked for a page of products, and how it answers.
sealed interface SiesaDialect permits RestDialect, StandardQueryDialect {

  /// The rows of a page as they came, ghosts too.
  ///
  /// @param size how many rows a full page has, as the answer says, or as was asked
  /// @param total how many rows there are; null: it does not say
  record Rows(List<Fields> rows, int size, @Nullable Long total) {}

  int largestPage();

  /// @param page from 1
  /// @param since what was changed at or after this; null: everything
  RemoteCall call(int page, int size, @Nullable Instant since);

  /// @param size as was asked
  /// @throws RemoteException when there are none
  Rows rows(RemoteClient client, RemoteCall call, Fields answer, int size);
}
