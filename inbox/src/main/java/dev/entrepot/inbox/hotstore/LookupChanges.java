package dev.entrepot.inbox.hotstore;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Rows of the table `hot_lookup` that go and come. For one use.
final class LookupChanges {
  private static final Sql REMOVE =
      Sql.of(
          """
          delete from hot_lookup l
          using unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            u (tenant, type, account, id, name)
          where l.tenant = u.tenant and l.name = u.name and l.type = u.type
            and l.account = u.account and l.id = u.id
          """);

  private static final Sql ADD =
      Sql.of(
          """
          insert into hot_lookup (tenant, type, account, id, name)
          select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          on conflict do nothing
          """);

  private final Map<EntityKey, Set<String>> removed = new TreeMap<>();
  private final Map<EntityKey, Set<String>> added = new TreeMap<>();

  void add(EntityKey key, Fold fold) {
    Head first = fold.first();
    String from = first == null ? "" : first.lookups();
    String to = fold.last().lookups();
    if (from.equals(to)) {
      return;
    }
    Set<String> before = LookupText.names(from);
    Set<String> after = LookupText.names(to);
    removed.put(key, without(before, after));
    added.put(key, without(after, before));
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  void write(Connection transaction) {
    write(transaction, REMOVE, removed);
    write(transaction, ADD, added);
  }

  private static void write(Connection transaction, Sql sql, Map<EntityKey, Set<String>> changes) {
    List<EntityKey> keys = new ArrayList<>();
    List<String> names = new ArrayList<>();
    changes.forEach((key, own) ->
        own.forEach(name -> {
          keys.add(key);
          names.add(name);
        }));
    if (keys.isEmpty()) {
      return;
    }
    Object[] key = KeyArrays.of(keys);
    int _ = sql.with(key[0], key[1], key[2], key[3], names).update(transaction);
  }
}
