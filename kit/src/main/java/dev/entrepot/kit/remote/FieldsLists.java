package dev.entrepot.kit.remote;

import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects in lists of answers.
public final class FieldsLists {
  private FieldsLists() {}

  /// The objects in a field that is a list; null when it is absent or something else.
  public static @Nullable List<Fields> objects(Fields fields, String name) {
    return fields.value(name) instanceof List<?> list ? objects(list) : null;
  }

  /// The objects in a list; what else is in it is left out.
  public static List<Fields> objects(List<?> list) {
    List<Fields> objects = new ArrayList<>(list.size());
    for (Object one : list) {
      if (one instanceof Map<?, ?> map) {
        objects.add(Fields.of(map));
      }
    }
    return objects;
  }
}
