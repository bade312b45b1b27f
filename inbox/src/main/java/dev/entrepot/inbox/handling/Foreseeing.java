package dev.entrepot.inbox.handling;

import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A handler that can say field by field what it would change, for the preview of a replay.
public interface Foreseeing {

  /// Changes nothing.
  ///
  /// @param events in their order; what an earlier one would change is taken into account
  /// @return one for each event, in the same order; empty where no field changes, or where a thing
  ///   is made anew or goes as a whole
  List<List<FieldChange>> foresee(Connection connection, List<DueEvent> events);

  /// A field that would change.
  ///
  /// @param thing whose it is, such as `order 123`
  /// @param path such as `customer.email` or `line_items[0].price`; empty: all of it
  /// @param from JSON, cut when long; null: it was not there
  /// @param to JSON, cut when long; null: it would not be there
  record FieldChange(String thing, String path, @Nullable String from, @Nullable String to) {}
}
