package dev.entrepot.flow.runs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How many of a client's records are not at its destination because they were rejected when they
/// came last, in whichever run. They count until a later record of the same key is settled, or the
/// source has them no more when everything is read.
///
/// @param mapping rejected by the mapping: they come again when they change at the source or the
///   mapping does
/// @param destination rejected by the destination: they come again by themselves
/// @param keyless rejected by the mapping, which could not even tell their key; counted since
///   everything was read last
/// @param since when the oldest of those with a key was rejected first; null: there is none
public record Outstanding(
    String client, long mapping, long destination, long keyless, @Nullable Instant since) {

  /// Nothing of a client.
  public static Outstanding none(String client) {
    return new Outstanding(client, 0, 0, 0, null);
  }

  public long total() {
    return mapping + destination + keyless;
  }

  /// Who did not take a record.
  public enum By {
    MAPPING,
    DESTINATION
  }

  /// One of them, whose key is known.
  ///
  /// @param code of why it was rejected last
  /// @param run in which it was
  /// @param record which one it was there
  /// @param since when it was rejected first without a break
  /// @param at when it was rejected last
  /// @param tries how often in a row
  /// @param due when it is sent again at the earliest; null: not by itself
  public record Key(
      String key,
      By by,
      String code,
      String reason,
      UUID run,
      long record,
      Instant since,
      Instant at,
      int tries,
      @Nullable Instant due) {}
}
