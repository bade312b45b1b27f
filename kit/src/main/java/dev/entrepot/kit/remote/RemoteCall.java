package dev.entrepot.kit.remote;

import dev.entrepot.spi.event.Body;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A call to be made.
///
/// @param purpose what for, in kebab-case, such as `write-products`
/// @param body JSON; null: none
public record RemoteCall(String purpose, String method, URI uri, @Nullable Body body) {

  public static RemoteCall get(String purpose, URI uri) {
    return new RemoteCall(purpose, "GET", uri, null);
  }

  public static RemoteCall post(String purpose, URI uri, Body body) {
    return new RemoteCall(purpose, "POST", uri, body);
  }

  public static RemoteCall put(String purpose, URI uri, Body body) {
    return new RemoteCall(purpose, "PUT", uri, body);
  }

  public static RemoteCall delete(String purpose, URI uri) {
    return new RemoteCall(purpose, "DELETE", uri, null);
  }
}
