package dev.entrepot.inbox;

import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with one value of a request.
///
/// @param field in the API's spelling
/// @param message names the value and the next step
public record FieldFault(String field, String message) {

  /// Several as one text.
  public static String words(List<FieldFault> faults) {
    return faults.stream().map(FieldFault::message).collect(Collectors.joining(".\n"));
  }
}
