package dev.entrepot.bench.camel;

import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.Item;
import dev.entrepot.bench.syncparts.KongBodies;
import dev.entrepot.bench.syncparts.Outcome;
import dev.entrepot.bench.syncparts.ProductMapping;
import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.bench.syncparts.TagItem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is done at the steps of the route. Safe for use by many threads.
final class SyncSteps {
  private static final String PAGE = "page";
  private static final String RUN = "run";
  private static final String ACCOUNT = "account";
  private static final String CALLED = "called";
  private static final String CHANGED = "changed";
  private static final String LEFT = "left";

  /// Calls with as many as they take.
  record ProductCall(List<Item> items) {}

  /// The same for tags.
  record TagCall(List<TagItem> tags) {}

  private final SyncWorld world;
  private final HttpCalls calls;
  private final DataSource dataSource;
  private final JsonMapper json = JsonMapper.builder().build();
  private final KongBodies bodies = new KongBodies(json);
  private final ProductMapping mapping = new ProductMapping(json);

  SyncSteps(SyncWorld world, HttpCalls calls, DataSource dataSource) {
    this.world = world;
    this.calls = calls;
    this.dataSource = dataSource;
  }

  /// The page to read next, from 1; 0: none.
  static int page(Exchange exchange) {
    return property(exchange, PAGE, Integer.class);
  }

  static void begin(Exchange exchange, long run, String account) {
    exchange.setProperty(PAGE, 1);
    exchange.setProperty(RUN, run);
    exchange.setProperty(ACCOUNT, account);
  }

  void readPage(Exchange exchange) throws IOException, InterruptedException, SQLException {
    if (page(exchange) == 1) {
      // Of earlier runs that did not come so far.
      exchange.setProperty(LEFT, due(SentStore.TAGS_DUE));
    }
    exchange.getMessage().setBody(calls.page(world, account(exchange), page(exchange)));
  }

  void changedOfPage(Exchange exchange) throws SQLException {
    int page = page(exchange);
    JsonNode answer = json.readTree(body(exchange, byte[].class));
    long record = (long) (page - 1) * SyncWorld.PAGE;
    List<Item> items = new ArrayList<>();
    for (JsonNode row : answer.path("data")) {
      items.add(mapping.map(record++, row));
    }
    boolean last =
        items.size() < SyncWorld.PAGE || record >= answer.path("total").asLong(Long.MAX_VALUE);
    exchange.setProperty(PAGE, last ? 0 : page + 1);
    List<Outcome> outcomes = new ArrayList<>();
    List<Item> changed;
    try (Connection connection = dataSource.getConnection()) {
      changed = SentStore.changed(connection, items, outcomes);
      SentStore.keep(connection, property(exchange, RUN, Long.class), outcomes);
    }
    exchange.setProperty(CHANGED, changed.stream().map(Item::key).toArray(String[]::new));
    List<ProductCall> calls = new ArrayList<>();
    for (int from = 0; from < changed.size(); from += KongBodies.LIMIT) {
      int to = Math.min(from + KongBodies.LIMIT, changed.size());
      calls.add(new ProductCall(changed.subList(from, to)));
    }
    exchange.getMessage().setBody(calls);
  }

  void callProducts(Exchange exchange) throws IOException, InterruptedException {
    ProductCall call = body(exchange, ProductCall.class);
    exchange.setProperty(CALLED, call);
    exchange
        .getMessage()
        .setBody(
            calls.post(world, account(exchange), "/products/bulk", bodies.products(call.items())));
  }

  void settleProducts(Exchange exchange) throws SQLException {
    List<Item> items = property(exchange, CALLED, ProductCall.class).items();
    Map<String, String> rejections =
        bodies.rejections(items.stream().map(Item::key).toList(), body(exchange, byte[].class));
    List<Outcome> outcomes = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      SentStore.settle(connection, items, rejections, outcomes);
      SentStore.keep(connection, property(exchange, RUN, Long.class), outcomes);
      connection.commit();
    }
  }

  /// Those of this page, and what did not fill a call before.
  void tagsOfPage(Exchange exchange) throws SQLException {
    Map<String, TagItem> tags = new LinkedHashMap<>();
    for (Object left : property(exchange, LEFT, List.class)) {
      TagItem tag = (TagItem) left;
      tags.put(tag.key(), tag);
    }
    String[] changed = property(exchange, CHANGED, String[].class);
    if (changed.length > 0) {
      for (TagItem tag : due(SentStore.TAGS_DUE_OF, changed)) {
        tags.put(tag.key(), tag);
      }
    }
    List<TagItem> due = List.copyOf(tags.values());
    // What does not fill a call waits for the next page, unless there is none.
    int ready = page(exchange) > 0 ? due.size() / KongBodies.LIMIT * KongBodies.LIMIT : due.size();
    List<TagCall> calls = new ArrayList<>();
    for (int from = 0; from < ready; from += KongBodies.LIMIT) {
      calls.add(new TagCall(due.subList(from, Math.min(from + KongBodies.LIMIT, ready))));
    }
    exchange.setProperty(LEFT, due.subList(ready, due.size()));
    exchange.getMessage().setBody(calls);
  }

  private List<TagItem> due(String sql, String... keys) throws SQLException {
    List<TagItem> due = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      if (keys.length > 0) {
        statement.setArray(1, connection.createArrayOf("text", keys));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(new TagItem(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return due;
  }

  void callTags(Exchange exchange) throws IOException, InterruptedException {
    TagCall call = body(exchange, TagCall.class);
    exchange.setProperty(CALLED, call);
    exchange
        .getMessage()
        .setBody(calls.post(world, account(exchange), "/rfid/tags", bodies.tags(call.tags())));
  }

  void settleTags(Exchange exchange) throws SQLException {
    List<TagItem> tags = property(exchange, CALLED, TagCall.class).tags();
    Map<String, String> rejections =
        bodies.rejections(tags.stream().map(TagItem::key).toList(), body(exchange, byte[].class));
    try (Connection connection = dataSource.getConnection()) {
      SentStore.tagged(connection, tags, rejections);
    }
  }

  private static String account(Exchange exchange) {
    return property(exchange, ACCOUNT, String.class);
  }

  private static <T> T property(Exchange exchange, String name, Class<T> type) {
    return Objects.requireNonNull(exchange.getProperty(name, type), name);
  }

  private static <T> T body(Exchange exchange, Class<T> type) {
    return Objects.requireNonNull(exchange.getMessage().getBody(type), "body");
  }
}
