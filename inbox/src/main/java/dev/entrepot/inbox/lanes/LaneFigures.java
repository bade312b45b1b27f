package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Books;
import java.time.Duration;

/// How handing on goes, all lanes together.
///
/// @param books of all slices that are kept
/// @param backlog events that were not looked at yet; counted up to 100,000
/// @param oldestBacklog the age of the oldest of these; zero: none
/// @param waiting events that wait, by the books, with those of replays
/// @param oldestWaiting the age of the oldest of these, parked ones left out; zero: none
/// @param nodes that live
public record LaneFigures(
    Books books,
    long backlog,
    Duration oldestBacklog,
    long waiting,
    Duration oldestWaiting,
    long parkedKeys,
    long openLetters,
    int nodes) {}
