package dev.entrepot.kit.remote;

import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.record.Fields;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A step whose things are written many at a time: `POST {bulk} {<list>: [{…}, …]}`, answered as
/// [BulkResults] says, and asked for by `GET {lookup}?{asking}=a,b,…`, answered with `{<list>:
/// […]}`.
///
/// @param list the name of the list in calls and answers, such as `products`
/// @param key the name of the field that holds a thing's key
/// @param shape of a thing
/// @param from which field of an item a field of the thing is, where it has another name there
/// @param trigger an item's field without whose value it has no need of this step; null: all have
/// @param bulk the path to post many to
/// @param single the path to post one to, and to put one to with its key behind; null: one is
///   written like many
/// @param lookup the path to ask at
/// @param asking the name of the parameter that holds the keys
public record BulkStep(
    String name,
    String title,
    int limit,
    String list,
    String key,
    ItemShape shape,
    Map<String, String> from,
    @Nullable String trigger,
    String bulk,
    @Nullable String single,
    String lookup,
    String asking) {
  public BulkStep {
    from = Map.copyOf(from);
  }

  /// As destinations tell of it.
  public Step step() {
    return new Step(name, title, limit, this::part);
  }

  private Optional<Fields> part(Fields item) {
    boolean needed =
        trigger == null || item.text(trigger).filter(text -> !text.isBlank()).isPresent();
    if (!needed) {
      return Optional.empty();
    }
    Fields named = item;
    for (Map.Entry<String, String> renaming : from.entrySet()) {
      named = named.with(renaming.getKey(), item.value(renaming.getValue()));
    }
    return Optional.of(shape.of(named));
  }
}
