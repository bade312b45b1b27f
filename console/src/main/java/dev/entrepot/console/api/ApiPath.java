package dev.entrepot.console.api;

/// Where the API lives.
public final class ApiPath {
  public static final String ROOT = "/api/v1";

  private ApiPath() {}

  /// The address of a path of the API.
  public static String of(String path) {
    return ROOT + path;
  }
}
