package dev.entrepot.console.server;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// A route of `POST` requests that goes round sign-in, rate limits and the API's conventions:
/// machines send to it at whatever rate, and its handler alone decides whom it trusts.
public interface DirectRoute {

  /// A path of the HTTP library, such as `/hooks/{connection}`.
  String path();

  /// Answers a request.
  ///
  /// @param taken to be run after each read of the body, so that the connection knows its bytes
  ///   were taken
  void handle(ServerRequest request, ServerResponse response, Runnable taken);
}
