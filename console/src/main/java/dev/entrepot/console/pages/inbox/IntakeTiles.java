package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.intake.MinuteFigures;
import dev.entrepot.inbox.intake.Receipt.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What became of the deliveries of a connection in a day.
final class IntakeTiles {
  private IntakeTiles() {}

  /// @param fed whether they were fetched, and so not signed
  static Part of(List<MinuteFigures> figures, boolean fed) {
    long accepted = figures.stream().mapToLong(MinuteFigures::accepted).sum();
    long repeats = figures.stream().mapToLong(MinuteFigures::duplicates).sum();
    Map<Reason, Long> refused = new EnumMap<>(Reason.class);
    for (MinuteFigures one : figures) {
      one.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    }
    long forged = taken(refused, Reason.FORGED);
    long stale = taken(refused, Reason.STALE);
    long tooLarge = taken(refused, Reason.TOO_LARGE);
    long malformed = taken(refused, Reason.INCOMPLETE);
    long others = refused.values().stream().mapToLong(Long::longValue).sum();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(Tile.of("Accepted", Figures.count(accepted)).note("in the last 24 hours"));
    tiles.add(Tile.of("Repeats", Figures.count(repeats)).note("had come already"));
    if (!fed) {
      tiles.add(refused("Forged", forged, "refused: no valid signature"));
      tiles.add(refused("Stale", stale, "refused: signed too long ago"));
      tiles.add(refused("Too large", tooLarge, "refused unread: raise its largest body"));
    }
    tiles.add(refused("Malformed", malformed, "refused: lacks its id or topic"));
    tiles.add(refused("Other refusals", others, "busy, unavailable, disabled"));
    return new Part.Tiles("Deliveries of the last 24 hours", tiles);
  }

  private static long taken(Map<Reason, Long> refused, Reason reason) {
    Long count = refused.remove(reason);
    return count == null ? 0 : count;
  }

  private static Tile refused(String label, long count, String note) {
    Tile tile = Tile.of(label, Figures.count(count)).note(note);
    return count == 0 ? tile : tile.tone(Tone.WARN);
  }
}
