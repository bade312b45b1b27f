package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a reading: everything that one transaction enters.
///
/// @param chunks outcomes of fresh events
/// @param joined fresh events that wait from now on
/// @param left events that waited and are done with
/// @param again events that waited and must wait again
/// @param dead events that became dead letters
/// @param named mended events with what they were handed on as
/// @param books by how much each book moves
record Settlement(
    List<Chunk> chunks,
    List<Joined> joined,
    List<Left> left,
    List<Again> again,
    List<Dead> dead,
    List<Named> named,
    List<BooksMove> books) {
  Settlement {
    chunks = List.copyOf(chunks);
    joined = List.copyOf(joined);
    left = List.copyOf(left);
    again = List.copyOf(again);
    dead = List.copyOf(dead);
    named = List.copyOf(named);
    books = List.copyOf(books);
  }

  /// Outcomes of consecutive events of one lane within one slice.
  ///
  /// @param outcomes one character per event, see [Outcome#code()]
  /// @param handlers what each handler did, one character per event, see [HandlerCode]
  record Chunk(
      long slice, int lane, List<Long> positions, String outcomes, Map<String, String> handlers) {}

  /// A fresh event that waits.
  ///
  /// @param delay until it is due; null: it is behind another one of its key
  /// @param trouble null: nothing but being behind
  record Joined(
      KeptEvent event,
      int attempts,
      @Nullable Duration delay,
      @Nullable Trouble trouble,
      Map<String, Character> done) {}

  /// An event that waited and has its outcome.
  record Left(WaitingEvent waiting, Outcome outcome, Map<String, Character> codes) {}

  /// An event that waited and failed again.
  record Again(
      WaitingEvent waiting,
      int attempts,
      Duration delay,
      Trouble trouble,
      Map<String, Character> done) {}

  /// An event that became a dead letter.
  ///
  /// @param waiting what it was before; null: fresh
  /// @param park whether its key waits for an operator
  record Dead(
      KeptEvent event,
      @Nullable WaitingEvent waiting,
      Trouble trouble,
      int attempts,
      boolean park,
      Map<String, Character> codes) {}

  /// A mended event that was given to handlers.
  ///
  /// @param event as it came
  record Named(KeptEvent event, String topic, String key) {
    boolean asItCame() {
      return topic.equals(event.topic()) && key.equals(event.key());
    }
  }
}
