package dev.entrepot.console.view;

import java.util.List;

/// A place to drop a file on. With scripts the file is sent as the raw body, with progress; without
/// them as a `multipart/form-data` form to the same address.
///
/// @param action the address the file is sent to
/// @param page the page opened afterwards; `{id}` stands for the id in the answer
/// @param accept the extensions the file dialog offers, for example `.csv,.xlsx`
/// @param limit the largest size in bytes, or 0 for none
/// @param errorFileLimit the largest size in bytes of an error file that is sent back
/// @param hint the formats and limits in words
/// @param fields choices sent along, for example the vendor; of the raw body they are query
///   parameters
public record DropView(
    String action,
    String page,
    String accept,
    long limit,
    long errorFileLimit,
    String hint,
    List<Field> fields) {
  public DropView {
    fields = List.copyOf(fields);
  }
}
