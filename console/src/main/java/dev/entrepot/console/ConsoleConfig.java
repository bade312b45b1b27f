package dev.entrepot.console;

import dev.entrepot.console.server.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Where the console listens and how it is reached.
///
/// @param host the address to listen on, for example `127.0.0.1`
/// @param port the port to listen on; 0: any free one
/// @param publicUrl where browsers reach it, without a path; over `https` the session's cookie is
///   marked secure
/// @param dataFolder for files on their way out
/// @param trustedProxies addresses and networks of proxies whose `X-Forwarded-For` counts
public record ConsoleConfig(
    String host, int port, URI publicUrl, Path dataFolder, List<String> trustedProxies) {

  /// @throws IllegalArgumentException naming the setting that does not fit
  public ConsoleConfig {
    boolean http = "http".equals(publicUrl.getScheme()) || "https".equals(publicUrl.getScheme());
    if (!http || publicUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "the public URL \"" + publicUrl + "\" is not one; write it like https://hub.example.com");
    }
    String path = publicUrl.getPath();
    if (path != null && !path.isEmpty() && !path.equals("/")) {
      throw new IllegalArgumentException(
          "the public URL \"" + publicUrl + "\" has a path; the console must be at the root");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the port " + port + " is not from 0 to 65535");
    }
    trustedProxies = List.copyOf(trustedProxies);
    Objects.requireNonNull(TrustedProxies.of(trustedProxies));
  }

  /// Listens on the loopback address only.
  public static ConsoleConfig local(int port, Path dataFolder) {
    return new ConsoleConfig(
        "127.0.0.1", port, URI.create("http://127.0.0.1:" + port), dataFolder, List.of());
  }
}
