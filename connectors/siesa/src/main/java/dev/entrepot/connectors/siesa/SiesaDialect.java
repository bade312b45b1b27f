package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How Siesa is asked for a page of products, and how it answers.
sealed interface SiesaDialect permits RestDialect, StandardQueryDialect {
  /// The field of a row that was no object.
  String NO_OBJECT = "(not an object)";

  /// The rows of a page as they came, ghosts too.
  ///
  /// @param told how many rows a page has at most, as the answer says; null: it does not say
  /// @param total how many rows there are; null: it does not say
  record Rows(List<Fields> rows, @Nullable Integer told, @Nullable Long total) {

    /// How many rows a full page has, when so many were asked for.
    int given(int asked) {
      return told == null ? asked : Math.min(told, asked);
    }
  }

  int largestPage();

  /// @param page from 1
  /// @param since what was changed at or after this; null: everything
  RemoteCall call(int page, int size, @Nullable Instant since);

  /// @throws RemoteException when there are none
  Rows rows(RemoteClient client, RemoteCall call, Fields answer);

  /// The rows in a field that is a list; null when it is absent or something else. Each has its
  /// place: a null is a row that holds nothing, and what is no object is a row that holds it in a
  /// field of its own, so that it is rejected and seen.
  static @Nullable List<Fields> list(Fields answer, String name) {
    return answer.value(name) instanceof List<?> list
        ? list.stream().map(SiesaDialect::row).toList()
        : null;
  }

  private static Fields row(@Nullable Object element) {
    return switch (element) {
      case null -> Fields.EMPTY;
      case Map<?, ?> map -> Fields.of(map);
      default -> Fields.builder(1).put(NO_OBJECT, element).build();
    };
  }
}
