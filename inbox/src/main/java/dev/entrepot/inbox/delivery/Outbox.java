package dev.entrepot.inbox.delivery;

import dev.entrepot.spi.event.Message;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What handlers write into the table `delivery`, in the transaction that settles the events.
final class Outbox {
  private static final Sql WRITE =
      Sql.of(
          """
          insert into delivery (position, destination, replay, lane, key_hash, connection, topic, key,
            bytes)
          select position, destination, replay::uuid, lane, key_hash, connection, topic, key, bytes
          from unnest(?::bigint[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::text[],
            ?::text[], ?::int[]) with ordinality
            as e (position, destination, replay, lane, key_hash, connection, topic, key, bytes, number)
          order by number
          on conflict do nothing
          returning position, destination, replay, lane
          """);

  private static final Sql WRITE_BODY =
      Sql.of(
          """
          update delivery set body = ?
          where position = ? and destination = ? and replay is not distinct from ?::uuid
          """);

  /// What there is one delivery for.
  ///
  /// @param replay the replay it belongs to; null: none
  record Place(long position, String destination, @Nullable UUID replay) {}

  /// @param edited whether the message's body is not that of the log
  record Entry(
      Place place, int lane, long keyHash, String connection, Message message, boolean edited) {}

  private record Written(Place place, int lane) {}

  private Outbox() {}

  /// @return those that were not there yet
  static Set<Place> write(Connection transaction, List<Entry> entries) {
    if (entries.isEmpty()) {
      return Set.of();
    }
    List<Written> written =
        WRITE
            .with(
                values(entries, entry -> entry.place().position(), Long[]::new),
                values(entries, entry -> entry.place().destination(), String[]::new),
                replays(entries),
                values(entries, Entry::lane, Integer[]::new),
                values(entries, Entry::keyHash, Long[]::new),
                values(entries, Entry::connection, String[]::new),
                values(entries, e -> repaired(e.message().identity().topic()), String[]::new),
                values(entries, e -> repaired(e.message().identity().key()), String[]::new),
                values(entries, entry -> entry.message().body().size(), Integer[]::new))
            .list(
                transaction,
                row ->
                    new Written(
                        new Place(
                            row.int8("position"),
                            row.text("destination"),
                            row.uuidOrNull("replay")),
                        row.int4("lane")));
    DeliveryBooks books = new DeliveryBooks();
    Set<Place> places = new HashSet<>();
    for (Written one : written) {
      places.add(one.place());
      books.made(one.place().position(), one.place().destination(), one.lane());
    }
    books.enter(transaction);
    for (Entry entry : entries) {
      if (entry.edited() && places.contains(entry.place())) {
        Place place = entry.place();
        UUID replay = place.replay();
        WRITE_BODY
            .with(
                entry.message().body().bytes(),
                place.position(),
                place.destination(),
                replay == null ? null : replay.toString())
            .updateOne(transaction);
      }
    }
    return places;
  }

  private static String repaired(String text) {
    return StorableText.repair(text);
  }

  private static <T> T[] values(
      List<Entry> entries, Function<Entry, T> value, java.util.function.IntFunction<T[]> array) {
    return entries.stream().map(value).toArray(array);
  }

  private static @Nullable String[] replays(List<Entry> entries) {
    @Nullable String[] replays = new @Nullable String[entries.size()];
    for (int i = 0; i < replays.length; i++) {
      UUID replay = entries.get(i).place().replay();
      replays[i] = replay == null ? null : replay.toString();
    }
    return replays;
  }
}
