package dev.entrepot.spi.remote;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call and its answer, secrets masked, bodies cut.
///
/// @param purpose what it was for, in kebab-case, such as `write-products`
/// @param uri without secrets in it
/// @param status of the answer; 0: there was none
/// @param took from the call to the end of the answer, without waiting for the budget
/// @param problem why there was no answer; null: there was one
public record Exchange(
    Instant at,
    String purpose,
    String method,
    URI uri,
    int status,
    Duration took,
    Map<String, String> requestHeaders,
    String requestBody,
    Map<String, String> answerHeaders,
    String answerBody,
    @Nullable String problem) {
  public Exchange {
    requestHeaders = Map.copyOf(requestHeaders);
    answerHeaders = Map.copyOf(answerHeaders);
  }
}
