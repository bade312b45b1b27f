package dev.entrepot.cli.session;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// How a list of the API is printed: as the JSON it is, or as a table with a column for each of
/// these. Built and used by one thread.
///
/// ```java
/// return new Listing()
///     .text("NAME", "name")
///     .count("DEAD", "figures", "dead")
///     .print(session, destinations, "no destinations");
/// ```
public final class Listing {
  private record Part(Column column, Function<JsonNode, String> value) {}

  private final List<Part> parts = new ArrayList<>();
  private Function<JsonNode, List<String>> below = _ -> List.of();

  /// A column of a field as it is.
  ///
  /// @param path field names, from the outside in
  public Listing text(String heading, String... path) {
    return text(heading, item -> Values.text(item, path));
  }

  /// A column of what is made of an item.
  public Listing text(String heading, Function<JsonNode, String> value) {
    return with(Column.text(heading), value);
  }

  /// A column of texts that are of use as a whole only, and are cut last.
  public Listing whole(String heading, Function<JsonNode, String> value) {
    return with(Column.whole(heading), value);
  }

  /// Such a column of ids.
  public Listing id(String heading, String field) {
    return whole(heading, item -> Values.text(item, field));
  }

  /// Such a column of moments, to the minute.
  public Listing time(String heading, String field) {
    return whole(heading, item -> Values.time(item, field));
  }

  /// Such a column of moments, to the second.
  public Listing second(String heading, String field) {
    return whole(heading, item -> Values.second(item, field));
  }

  /// A column of a count with its thousands apart.
  ///
  /// @param path field names, from the outside in
  public Listing count(String heading, String... path) {
    return number(heading, item -> Values.count(item, path));
  }

  /// A column of numbers made of items.
  public Listing number(String heading, Function<JsonNode, String> value) {
    return with(Column.number(heading), value);
  }

  /// What stands below the row of an item: texts that are too long for a column.
  public Listing below(Function<JsonNode, List<String>> texts) {
    below = texts;
    return this;
  }

  private Listing with(Column column, Function<JsonNode, String> value) {
    parts.add(new Part(column, value));
    return this;
  }

  /// The table of some items.
  public Table table(JsonNode items) {
    Table table = new Table(parts.stream().map(Part::column).toArray(Column[]::new));
    for (JsonNode item : items) {
      table.row(parts.stream().map(part -> part.value().apply(item)).toList(), below.apply(item));
    }
    return table;
  }

  /// Asks for a list that the server hands out in pages, and prints so much of it.
  ///
  /// @param query asked for with the server at hand, to look first whether what it names is there
  public int print(Session session, Extent extent, Function<Api, Query> query, String whenEmpty) {
    return print(session, session.ask(api -> extent.of(api, query.apply(api))), whenEmpty);
  }

  /// The same for a query that names nothing that could be missing.
  public int print(Session session, Extent extent, Query query, String whenEmpty) {
    return print(session, extent, _ -> query, whenEmpty);
  }

  /// Prints a list, and whether there is more of it.
  ///
  /// @param list `{"items": […]}`, with `next` when it goes on
  /// @return the exit code of a command that does just this
  public int print(Session session, JsonNode list, String whenEmpty) {
    if (session.options().json()) {
      session.printJson(list);
    } else {
      session.printTable(table(list.path("items")), whenEmpty);
      if (!Values.text(list, "next").isEmpty()) {
        session.terminal().note("there are more; see them with --all, or raise --limit");
      }
    }
    return 0;
  }
}
