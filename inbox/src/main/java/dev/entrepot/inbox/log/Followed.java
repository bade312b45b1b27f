package dev.entrepot.inbox.log;

import java.util.List;

/// A stretch of the log, in the order of arrival, of which nothing was left out.
///
/// @param events those that were wanted, ordered by position
/// @param until the last position that was looked at: follow from there
public record Followed(List<EventHead> events, long until) {
  public Followed {
    events = List.copyOf(events);
  }
}
