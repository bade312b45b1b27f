package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Takes entities out of the table `hot_entity`, with their look-ups. For one use.
///
/// Rows go by whole days, along an index: a few at a time, so that vacuum keeps pace and nobody
/// waits; rows that somebody is changing are left for the next time.
final class Removal {
  private static final String WITH_LOOKUPS =
      """
      ), names as (
        delete from hot_lookup l
        using gone g, string_to_table(g.lookups, chr(31)) n (name)
        where l.tenant = g.tenant and l.name = n.name and l.type = g.type
          and l.account = g.account and l.id = g.id
      )
      select count(*) as removed from gone
      """;

  private static Sql delete(String condition) {
    return Sql.of(
        """
        with due as materialized (
          select ctid from hot_entity where
        """
            + condition
            + """

              limit ? for update skip locked
            ), gone as (
              delete from hot_entity e using due where e.ctid = due.ctid
              returning e.tenant, e.type, e.account, e.id, e.lookups
            """
            + WITH_LOOKUPS);
  }

  private static final Sql TENANTS =
      Sql.of(
          """
          with recursive found as (
            (select tenant from hot_entity order by tenant limit 1)
            union all
            select (select e.tenant from hot_entity e where e.tenant > f.tenant
              order by e.tenant limit 1)
            from found f where f.tenant is not null
          )
          select tenant from found where tenant is not null
          """);

  private static final Sql EXPIRED =
      delete("tenant = ? and type = ? and received_on < ? and not deleted");

  private static final Sql FORGOTTEN = delete("deleted and received_on < ?");

  private static final Sql OF_ACCOUNT = delete("tenant = ? and type = any(?) and account = ?");

  private static final Sql OLD_COMPLETIONS =
      Sql.of(
          """
          delete from hot_completion where ctid = any(array(
            select ctid from hot_completion where received_on < ? limit ?
            for update skip locked))
          """);

  private static final Sql COMPLETIONS_OF_ACCOUNT =
      Sql.of(
          """
          delete from hot_completion where ctid = any(array(
            select ctid from hot_completion where tenant = ? and account = ? limit ?))
          """);

  private static final Sql ERASE =
      Sql.of(
          """
          with key as materialized (
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])
              k (tenant, type, account, id)
          ), gone as (
            select e.tenant, e.type, e.account, e.id, e.lookups
            from hot_entity e join key k on e.tenant = k.tenant and e.type = k.type
              and e.account = k.account and e.id = k.id
            where not e.deleted
            for update of e
          ), blank as (
            update hot_entity e
            set at = greatest(e.at, ?), deleted = true, position = greatest(e.position, ?),
              received_at = ?, digest = null, state = null, lookups = '', document = null
            from gone g
            where e.tenant = g.tenant and e.type = g.type and e.account = g.account
              and e.id = g.id
          """
              + WITH_LOOKUPS);

  private final Connection transaction;

  Removal(Connection transaction) {
    this.transaction = transaction;
  }

  int expire(TimesToLive times, Instant now, int limit) {
    int removed =
        FORGOTTEN
            .with(day(now.minus(times.memory())), limit)
            .one(transaction, row -> (int) row.int8("removed"));
    for (String tenant : TENANTS.list(transaction, row -> row.text("tenant"))) {
      for (EntityType type : EntityType.values()) {
        Duration time = times.of(tenant, type).orElse(null);
        if (time != null && removed < limit) {
          removed +=
              EXPIRED
                  .with(tenant, EntityKey.typeName(type), day(now.minus(time)), limit - removed)
                  .one(transaction, row -> (int) row.int8("removed"));
        }
      }
    }
    return removed < limit ? removed + expireCompletions(times, now, limit - removed) : removed;
  }

  /// A completion is remembered for longer than any cart it may be about.
  private int expireCompletions(TimesToLive times, Instant now, int limit) {
    List<Duration> carts =
        Stream.concat(
                Stream.of(times.of("", EntityType.CHECKOUT)),
                times.special().values().stream()
                    .map(own -> own.get(EntityType.CHECKOUT))
                    .filter(Objects::nonNull))
            .map(time -> time.orElse(Duration.ofDays(36_500)))
            .toList();
    Duration longest = carts.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return OLD_COMPLETIONS
        .with(day(now.minus(longest).minus(times.memory())), limit)
        .update(transaction);
  }

  int eraseAccount(String tenant, String account, int limit) {
    String[] types = Stream.of(EntityType.values()).map(EntityKey::typeName).toArray(String[]::new);
    int removed =
        OF_ACCOUNT
            .with(tenant, types, account, limit)
            .one(transaction, row -> (int) row.int8("removed"));
    return removed < limit
        ? removed
            + COMPLETIONS_OF_ACCOUNT.with(tenant, account, limit - removed).update(transaction)
        : removed;
  }

  /// Leaves a deletion in place of each, so that older states do not bring it back.
  int erase(List<EntityKey> keys, Instant at, long position, Instant now) {
    if (keys.isEmpty()) {
      return 0;
    }
    Object[] key = KeyArrays.of(keys);
    return ERASE
        .with(key[0], key[1], key[2], key[3], Version.storable(at), position, now)
        .one(transaction, row -> (int) row.int8("removed"));
  }

  private static LocalDate day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
