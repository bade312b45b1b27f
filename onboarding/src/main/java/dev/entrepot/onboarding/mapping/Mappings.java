package dev.entrepot.onboarding.mapping;

import dev.entrepot.model.Actor;
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

  /// A proposed mapping for a header.
  ///
  /// @param origin where it comes from, for example `remembered`, `Shopify product export`, `by
  ///   column names`
  /// @param missing required fields that no column was found for
  /// @param notes what a person should look at, for example a price column with decimal commas
  record Suggestion(Mapping mapping, String origin, List<Field> missing, List<String> notes) {}

  /// One row as a mapping turns it.
  ///
  /// @param source the cells as in the file
  /// @param values our fields, in template order; absent ones left out
  /// @param custom the kept columns
  /// @param problems what the built-in checks say that need no catalogue
  /// @param skipped why the row is skipped, or null
  record PreviewRow(
      long number,
      List<String> source,
      java.util.Map<Field, String> values,
      java.util.Map<String, String> custom,
      List<dev.entrepot.onboarding.rules.Problem> problems,
      @Nullable String skipped) {}

  /// The fingerprint under which a header's mapping is remembered.
  String layoutOf(List<String> header);

  /// The mapping in force for a vendor and header.
  Optional<Stored> remembered(String vendor, List<String> header);

  /// The best mapping for a header, remembered or made up from names, known layouts and sample
  /// rows.
  Suggestion suggest(String vendor, List<String> header, List<List<String>> sample);

  /// Applies a mapping to sample rows.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when the mapping names a column
  ///   the header does not have, or an expression does not compile
  List<PreviewRow> preview(
      String vendor, Mapping mapping, List<String> header, List<List<String>> rows);

  /// Keeps a new revision.
  Stored save(Actor actor, String vendor, List<String> header, Mapping mapping);

  /// All revisions in force, or with `layout` all revisions of one, newest first.
  List<Stored> list(@Nullable String vendor, @Nullable String layout);

  Optional<Stored> find(UUID id);

  /// The mapping as JSON, and back.
  String toJson(Mapping mapping);

  /// @throws dev.entrepot.onboarding.OnboardingException INVALID naming what does not fit
  Mapping fromJson(String json);
}
