package dev.entrepot.app.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Opens the console as its first visitor does: signs in and looks at a few pages. A demo that ends
/// at once does so to show that its pages answer, and while the launcher prepares fast starts, to
/// show the JVM the classes they need.
final class FirstVisit {
  private static final List<String> PAGES = List.of("/", "/uploads", "/products", "/inbox");
  private static final int OK = 200;

  private final URI console;

  FirstVisit(URI console) {
    this.console = console;
  }

  /// @throws IOException if a page does not answer as it should
  void pay() throws IOException {
    try (HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      String form =
          "email="
              + encoded(DemoWorld.SIGN_INS.getFirst().email())
              + "&password="
              + encoded(DemoWorld.PASSWORD);
      see(browser, HttpRequest.newBuilder(console.resolve("/sign-in")).build());
      see(
          browser,
          HttpRequest.newBuilder(console.resolve("/sign-in"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build());
      for (String page : PAGES) {
        see(browser, HttpRequest.newBuilder(console.resolve(page)).build());
      }
    }
  }

  private static void see(HttpClient browser, HttpRequest request) throws IOException {
    try {
      int status = browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != OK) {
        throw new IOException(
            "%s answered %d instead of %d; the server's log says why"
                .formatted(request.uri(), status, OK));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + request.uri(), e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
