package dev.entrepot.inbox.hotstore;

import dev.entrepot.model.Page;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads entities from the table `hot_entity`. For one use.
final class EntityQueries {
  // A checkout is completed by its id or by any of its tokens.
  private static final String ORDER =
      """
      (select max(c.order_id) from hot_completion c
        where c.tenant = e.tenant and c.account = e.account and c.checkout in (
          select e.id union all
          select substr(n.name, 16) from string_to_table(e.lookups, chr(31)) n (name)
          where starts_with(n.name, 'checkout_token=')))
      """;

  private static final String SELECT =
      "select e.*, case when e.type = 'checkout' then " + ORDER + " end as order_id\n";

  private static final Sql GET =
      Sql.of(
          SELECT
              + """
              from hot_entity e
              where e.tenant = ? and e.type = ? and e.account = ? and e.id = ? and not e.deleted
                and e.received_at >= ?
              """);

  private static final Sql FIND =
      Sql.of(
          SELECT
              + """
              from hot_lookup l
              join hot_entity e on e.tenant = l.tenant and e.type = l.type
                and e.account = l.account and e.id = l.id
              where l.tenant = ? and l.name = ? and l.type = ? and (l.account, l.id) > (?, ?)
                and not e.deleted and e.received_at >= ?
              order by l.account, l.id limit ?
              """);

  private static final Sql LIST =
      Sql.of(
          SELECT
              + """
              from hot_entity e
              where e.tenant = ? and e.type = ? and (e.account, e.id) > (?, ?)
                and (?::text is null or e.account = ?) and (?::text is null or e.state = ?)
                and not e.deleted and e.received_at >= ?
              order by e.account, e.id limit ?
              """);

  private static final Sql ABANDONED =
      Sql.of(
          "select e.*, null as order_id\n"
              + """
              from hot_entity e
              where e.tenant = ? and e.type = 'checkout' and (e.account, e.id) > (?, ?)
                and e.at < ? and not e.deleted and e.received_at >= ?
                and (starts_with(e.lookups, 'customer_email=')
                  or strpos(e.lookups, chr(31) || 'customer_email=') > 0)
              """
              + "and "
              + ORDER
              + " is null order by e.account, e.id limit ?");

  private static final Sql WITH_NAMES =
      Sql.of(
          """
          select l.tenant, l.type, l.account, l.id from hot_lookup l
          where l.tenant = ? and l.name = any(?) and l.account = ?
          order by l.name, l.type, l.id limit ?
          """);

  private static final Sql EXISTING =
      Sql.of(
          """
          select e.tenant, e.type, e.account, e.id from hot_entity e
          where e.tenant = ? and e.account = ? and not e.deleted
            and (e.type = 'customer' and e.id = ? or e.type = 'order' and e.id = any(?))
          """);

  private static final Sql ALL_OF =
      Sql.of(
          SELECT
              + """
              from unnest(?::text[], ?::text[], ?::text[], ?::text[])
                with ordinality k (tenant, type, account, id, number)
              join hot_entity e on e.tenant = k.tenant and e.type = k.type
                and e.account = k.account and e.id = k.id
              where not e.deleted
              order by k.number
              """);

  private final Connection connection;
  private final TimesToLiveNow times;

  EntityQueries(Connection connection, TimesToLiveNow times) {
    this.connection = connection;
    this.times = times;
  }

  Optional<Entity> get(EntityKey key) {
    return GET.with(
            key.tenant(),
            key.typeName(),
            key.account(),
            key.id(),
            times.firstShown(key.tenant(), key.type()))
        .first(connection, this::entity);
  }

  Page<Entity> find(String tenant, EntityType type, Lookup lookup, String value, PageRequest page) {
    return page.page(
        FIND.with(
                tenant,
                LookupText.name(lookup, value),
                EntityKey.typeName(type),
                page.account(),
                page.id(),
                times.firstShown(tenant, type),
                page.lookAhead())
            .list(connection, this::entity));
  }

  Page<Entity> list(EntityFilter filter, PageRequest page) {
    return page.page(
        LIST.with(
                filter.tenant(),
                EntityKey.typeName(filter.type()),
                page.account(),
                page.id(),
                filter.account(),
                filter.account(),
                filter.state(),
                filter.state(),
                times.firstShown(filter.tenant(), filter.type()),
                page.lookAhead())
            .list(connection, this::entity));
  }

  Page<Entity> abandonedCarts(String tenant, Instant before, PageRequest page) {
    return page.page(
        ABANDONED
            .with(
                tenant,
                page.account(),
                page.id(),
                before,
                times.firstShown(tenant, EntityType.CHECKOUT),
                page.lookAhead())
            .list(connection, this::entity));
  }

  List<Entity> of(Person person, int limit) {
    List<EntityKey> keys = keysOf(person, limit);
    return keys.isEmpty()
        ? List.of()
        : ALL_OF.with(KeyArrays.of(keys)).list(connection, this::entity);
  }

  /// The keys of everything of a customer that is there, sorted; at most `limit` of them.
  List<EntityKey> keysOf(Person person, int limit) {
    TreeSet<EntityKey> keys = new TreeSet<>();
    keys.addAll(
        EXISTING
            .with(person.tenant(), person.account(), person.customer(), person.orders())
            .list(connection, EntityQueries::key));
    List<String> names = new ArrayList<>();
    names.add(LookupText.name(Lookup.CUSTOMER_ID, person.customer()));
    if (person.email() != null) {
      names.add(LookupText.name(Lookup.CUSTOMER_EMAIL, person.email()));
    }
    keys.addAll(withNames(person, names, limit));
    TreeSet<String> orders = new TreeSet<>(person.orders());
    keys.stream()
        .filter(key -> key.type() == EntityType.ORDER)
        .forEach(key -> orders.add(key.id()));
    keys.addAll(
        withNames(
            person,
            orders.stream().map(order -> LookupText.name(Lookup.ORDER_ID, order)).toList(),
            limit));
    // What hangs on an order goes before it: who stops half-way must still find it by the order.
    return keys.stream()
        .sorted((one, other) ->
            Boolean.compare(isAnchor(one), isAnchor(other)) != 0
                ? Boolean.compare(isAnchor(one), isAnchor(other))
                : one.compareTo(other))
        .limit(limit)
        .toList();
  }

  private static boolean isAnchor(EntityKey key) {
    return key.type() == EntityType.ORDER;
  }

  private List<EntityKey> withNames(Person person, Collection<String> names, int limit) {
    return names.isEmpty()
        ? List.of()
        : WITH_NAMES
            .with(person.tenant(), names.toArray(String[]::new), person.account(), limit)
            .list(connection, EntityQueries::key);
  }

  static EntityKey key(Row row) {
    return new EntityKey(
        row.text("tenant"), EntityKey.type(row.text("type")), row.text("account"), row.text("id"));
  }

  private Entity entity(Row row) {
    EntityKey key = key(row);
    Instant receivedAt = row.instant("received_at");
    String order = row.textOrNull("order_id");
    return new Entity(
        key,
        row.instant("at"),
        row.int8("position"),
        receivedAt,
        times.expiresAt(key, receivedAt),
        row.textOrNull("state"),
        LookupText.parse(row.text("lookups")),
        row.text("document"),
        order != null,
        order == null || order.isEmpty() ? null : order);
  }
}
