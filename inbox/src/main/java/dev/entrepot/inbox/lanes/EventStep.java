package dev.entrepot.inbox.lanes;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One step of an event's story, for people.
///
/// @param what in a word or two, such as `received`, `given up`, `edited`, `written`
/// @param replay in which replay; null: in none
/// @param letter the number of the dead letter it is about; null: of none
/// @param detail more words; may be empty
public record EventStep(
    long position,
    Instant at,
    String what,
    @Nullable UUID replay,
    @Nullable Long letter,
    String detail) {}
