package dev.entrepot.kit.remote;

import java.util.HashMap;
import java.util.Map;

/// Which status means what.
///
/// @param meanings by status, or by its hundred, 1 to 5, for all that are not named
public record StatusTable(Map<Integer, StatusMeaning> meanings) {

  /// As RFC 9110 and RFC 6585 have it. Redirects are not followed: an address that leads elsewhere
  /// is to be mended where it is kept.
  public static final StatusTable USUAL =
      new StatusTable(
          Map.ofEntries(
              Map.entry(2, StatusMeaning.DONE),
              Map.entry(3, StatusMeaning.REFUSED),
              Map.entry(400, StatusMeaning.REJECTED),
              Map.entry(401, StatusMeaning.DENIED),
              Map.entry(403, StatusMeaning.DENIED),
              Map.entry(408, StatusMeaning.UNAVAILABLE),
              Map.entry(409, StatusMeaning.REJECTED),
              Map.entry(413, StatusMeaning.REJECTED),
              Map.entry(422, StatusMeaning.REJECTED),
              Map.entry(425, StatusMeaning.UNAVAILABLE),
              Map.entry(429, StatusMeaning.THROTTLED),
              Map.entry(4, StatusMeaning.REFUSED),
              Map.entry(502, StatusMeaning.UNAVAILABLE),
              Map.entry(503, StatusMeaning.UNAVAILABLE),
              Map.entry(504, StatusMeaning.UNAVAILABLE),
              Map.entry(5, StatusMeaning.FAULT)));

  public StatusTable {
    meanings = Map.copyOf(meanings);
  }

  /// This table with another meaning of one status.
  public StatusTable with(int status, StatusMeaning meaning) {
    Map<Integer, StatusMeaning> more = new HashMap<>(meanings);
    more.put(status, meaning);
    return new StatusTable(more);
  }

  /// What a status means.
  public StatusMeaning of(int status) {
    StatusMeaning exact = meanings.get(status);
    return exact != null ? exact : meanings.getOrDefault(status / 100, StatusMeaning.FAULT);
  }
}
