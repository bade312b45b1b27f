package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page on which a mapping of the sync is edited, with what it makes of sample records.
///
/// @param notes what is to be known, above everything
/// @param sum how many records of the sample would be sent, and why others not
/// @param sources forms that fetch another sample
/// @param action where the mapping is posted
/// @param previewAction where it is tried while it is edited: answers a [Fragment], or the page to
///   browsers without scripts
/// @param head fields of the mapping as a whole, and the record that is shown
/// @param sample the sample's records, as JSON
/// @param entries the fields of the product
/// @param text the whole as text, to be edited by those who may
/// @param preview what it makes of the sample
/// @param client whose records are looked at; may be empty
/// @param submit what its button says; null: it cannot be saved
/// @param also further buttons that save it, as the value of `deed`
public record MappingStudio(
    Frame frame,
    Heading heading,
    List<Part> notes,
    List<Part> sum,
    List<Part> sources,
    String action,
    String previewAction,
    List<Field> head,
    Field sample,
    List<Entry> entries,
    Part text,
    List<Part> preview,
    List<Part> after,
    String revision,
    String client,
    @Nullable String submit,
    List<Option> also)
    implements View {

  /// One field of the product.
  ///
  /// @param title its name; a new one has none
  /// @param summary how its value comes to be besides, in words
  public record Entry(int index, String title, List<Field> main, String summary, List<Field> more) {
    public Entry {
      main = List.copyOf(main);
      more = List.copyOf(more);
    }

    /// Whether something is wrong with how its value comes to be.
    public boolean open() {
      return more.stream().anyMatch(field -> field.error() != null);
    }
  }

  public MappingStudio {
    notes = List.copyOf(notes);
    sum = List.copyOf(sum);
    also = List.copyOf(also);
    sources = List.copyOf(sources);
    head = List.copyOf(head);
    entries = List.copyOf(entries);
    preview = List.copyOf(preview);
    after = List.copyOf(after);
  }

  /// The first thing to know of the preview, kept in sight while one scrolls.
  public Part.@Nullable Message word() {
    return preview.stream()
        .filter(Part.Message.class::isInstance)
        .map(Part.Message.class::cast)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String template() {
    return "page/mappingStudio.jte";
  }
}
