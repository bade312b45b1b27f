package dev.entrepot.console.api;

/// Where the API lives.
final class ApiPath {
  static final String ROOT = "/api/v1";

  private ApiPath() {}

  static String of(String path) {
    return ROOT + path;
  }
}
