package dev.entrepot.flow.runs;

/// What a run reads and compares by. Another one has the next run read everything.
///
/// @param mappingRevision of the client's mapping
/// @param switches how often the client got another mapping, source or destination before
public record Basis(int mappingRevision, int switches) {
  public Basis {
    if (mappingRevision < 0 || switches < 0) {
      throw new IllegalArgumentException(
          "revisions and switches are counted from 0, not %d and %d"
              .formatted(mappingRevision, switches));
    }
  }
}
