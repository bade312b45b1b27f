package dev.entrepot.console.server;

/// The HTTP methods that routes use.
public enum Method {
  GET,
  POST,
  PUT,
  DELETE;

  /// Whether a request with it changes nothing.
  public boolean safe() {
    return this == GET;
  }
}
