package dev.entrepot.console.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong with a request, as RFC 9457 has it.
///
/// @param type a reference to what this kind of problem is, `/problems/<code>`
/// @param detail names the thing, the value and the next step
/// @param instance the path of the request
/// @param errors what is wrong with which field of the request; empty when it is none of them
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    List<FieldError> errors) {

  /// The media type of a problem.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// One fault of one field.
  ///
  /// @param field in the API's spelling, with dots for what lies deeper, for example
  ///   `limits.file_rows`
  public record FieldError(String field, String message) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  /// The kind of problem, for example `not-found`.
  public String code() {
    return type.substring(type.lastIndexOf('/') + 1);
  }

  Problem at(String path) {
    return new Problem(type, title, status, detail, path, errors);
  }
}
