package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.log.Positions;
import java.time.DateTimeException;
import java.time.Instant;

/// How far a search for missed events came.
///
/// @param outage the time at which the destination was disabled that is looked at
/// @param position the first one that was not looked through
record MissedPlace(Instant outage, long position) {
  private static final char BETWEEN = '@';

  /// For those who go on from here; [#parse] reads it.
  String text() {
    return Positions.text(position) + BETWEEN + outage;
  }

  /// @throws InboxException INVALID when no search gave it
  static MissedPlace parse(String text) {
    int between = text.indexOf(BETWEEN);
    try {
      return new MissedPlace(
          Instant.parse(text.substring(between + 1)),
          Positions.parse(text.substring(0, Math.max(0, between))));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new InboxException(
          Code.INVALID,
          "after",
          "\"" + text + "\" is no place that a search gave as next; start again without it");
    }
  }
}
