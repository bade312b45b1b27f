package dev.entrepot.simulators.sender;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;

/// Sends plans over HTTP/1.1. Redirects are not followed. Several plans may be sent one after the
/// other, or at once by several threads.
public final class WebhookSender implements AutoCloseable {

  /// To whom and how.
  ///
  /// @param endpoints several nodes of one receiver, used in turn
  /// @param connections how many attempts are under way at once, at most
  public record Settings(
      List<URI> endpoints, Signer signer, RetryPolicy retries, Pace pace, int connections) {
    public Settings {
      endpoints = List.copyOf(endpoints);
      if (endpoints.isEmpty() || connections < 1) {
        throw new IllegalArgumentException("there must be an endpoint and a connection");
      }
    }
  }

  private final Settings settings;
  private final InstantSource clock;
  private final HttpClient client;

  /// @param clock for the times that are signed
  public WebhookSender(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.retries().connect())
            .build();
  }

  /// Sends everything, and returns when every delivery was acknowledged or given up.
  ///
  /// @throws InterruptedException what is under way is given up
  public Report send(Plan plan) throws InterruptedException {
    return new Sending(settings, clock, client, plan).finish();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
