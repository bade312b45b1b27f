package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page on which the columns of a file are mapped, with a preview on the file's first rows.
///
/// @param action where the mapping is sent; the pressed button's value is `deed`
/// @param previewAction where the form is sent for a preview: answers a [Fragment]
/// @param settings what holds for the whole mapping
/// @param entries one for each of our fields, or several where a field has several sources
/// @param kept names under which columns are kept
/// @param rows settings about rows that belong together or are left out
/// @param preview what the mapping makes of the file's first rows
/// @param writes whether the viewer may save it
/// @param error what is wrong with the whole, or null
public record MappingEditor(
    Frame frame,
    Heading heading,
    List<Part> notes,
    String action,
    String previewAction,
    List<Field> settings,
    List<Entry> entries,
    List<Field> kept,
    List<Field> rows,
    List<Part> preview,
    boolean writes,
    @Nullable String error)
    implements View {
  public MappingEditor {
    notes = List.copyOf(notes);
    settings = List.copyOf(settings);
    entries = List.copyOf(entries);
    kept = List.copyOf(kept);
    rows = List.copyOf(rows);
    preview = List.copyOf(preview);
  }

  /// Where a field's value comes from.
  ///
  /// @param index its place in the form
  /// @param field the name of our field
  /// @param source the choice of its first column
  /// @param summary what is set beyond the column, in a few words, or null
  /// @param further columns after the first and how they are joined
  /// @param conversions boxes, one for each
  /// @param order the conversions that were set, in their order
  /// @param details values, fallback and expression
  public record Entry(
      int index,
      String field,
      Field source,
      @Nullable String summary,
      List<Field> further,
      List<Field> conversions,
      String order,
      List<Field> details) {
    public Entry {
      further = List.copyOf(further);
      conversions = List.copyOf(conversions);
      details = List.copyOf(details);
    }
  }

  @Override
  public String template() {
    return "page/mappingEditor.jte";
  }
}
