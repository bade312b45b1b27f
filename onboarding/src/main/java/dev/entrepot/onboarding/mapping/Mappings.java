package dev.entrepot.onboarding.mapping;

import dev.entrepot.model.Actor;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The mappings of vendors: suggested from a file's header and first rows, remembered per vendor
/// and layout, versioned. Safe for use by many threads.
public interface Mappings {
  /// A mapping as it is kept. The newest revision of a vendor and layout is the one in force.
  ///
  /// @param layout a fingerprint of the normalised header it belongs to
  record Stored(
      UUID id,
      String vendor,
      String layout,
      int revision,
      Mapping mapping,
      String createdBy,
      Instant createdAt) {}

  /// What a proposed mapping stands on.
  enum Ground {
    /// Columns and numbers could be read in one way only.
    CLEAR,
    /// A required field was filled on a guess, or nothing shows how numbers are written.
    GUESS,
    /// Somebody kept it, or it was kept after its first use.
    KEPT
  }

  /// A proposed mapping for a header.
  ///
  /// @param origin where it comes from, for example `remembered`, `Shopify product export`, `by
  ///   column names`
  /// @param missing required fields that no column was found for
  /// @param notes what a person should look at, for example a price column with decimal commas
  /// @param doubts those of the notes that say that a required field was filled on a guess: rows
  ///   that were read so may be wrong as a whole
  /// @param ground what it stands on
  record Suggestion(
      Mapping mapping,
      String origin,
      List<Field> missing,
      List<String> notes,
      List<String> doubts,
      Ground ground) {
    public Suggestion {
      missing = List.copyOf(missing);
      notes = List.copyOf(notes);
      doubts = List.copyOf(doubts);
    }
  }

  /// The fingerprint under which a header's mapping is remembered.
  String layoutOf(List<String> header);

  /// The mapping in force for a vendor and header.
  Optional<Stored> remembered(String vendor, List<String> header);

  /// The best mapping for a header, remembered or made up from names, known layouts and sample
  /// rows.
  Suggestion suggest(String vendor, List<String> header, List<List<String>> sample);

  /// Keeps a new revision.
  Stored save(Actor actor, String vendor, List<String> header, Mapping mapping);

  /// Keeps a mapping that was suggested and served, so that the next file with this header is read
  /// alike; one that is kept already stays in force.
  ///
  /// @return the mapping's id, if it was kept
  Optional<UUID> remember(
      Connection transaction, String vendor, List<String> header, Mapping mapping);

  /// All revisions in force, or with `layout` all revisions of one, newest first.
  List<Stored> list(@Nullable String vendor, @Nullable String layout);

  Optional<Stored> find(UUID id);

  /// The mapping as JSON, and back.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when a text holds what no database
  ///   text can, such as U+0000
  String toJson(Mapping mapping);

  /// @throws dev.entrepot.onboarding.OnboardingException INVALID naming what does not fit
  Mapping fromJson(String json);
}
