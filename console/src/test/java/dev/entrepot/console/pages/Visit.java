package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.onboarding.uploads.Upload;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A browser without scripts: follows forms, carries its cookie, sends its token as a field.
final class Visit {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestClient client;
  private final String token;

  private Visit(TestClient client, String token) {
    this.client = client;
    this.token = token;
  }

  /// Somebody who came and is not signed in.
  static Visit of(TestConsole console) {
    return new Visit(console.client().with("Accept", "text/html"), "");
  }

  /// Somebody signed in.
  static Visit of(TestConsole console, String email) {
    TestClient signedIn = console.client().signedIn(email, TestConsole.PASSWORD);
    return new Visit(
        console.client().with("Accept", "text/html").with("Cookie", signedIn.header("Cookie")),
        signedIn.header("X-CSRF-Token"));
  }

  Reply open(String path) {
    return client.get(path);
  }

  /// Posts a form with the token of the session.
  ///
  /// @param pairs names and values in turn
  Reply post(String path, String... pairs) {
    List<String> fields = new ArrayList<>();
    fields.add("_csrf=" + encode(token));
    for (int i = 0; i < pairs.length; i += 2) {
      fields.add(encode(pairs[i]) + "=" + encode(pairs[i + 1]));
    }
    return client.send("POST", path, BodyPublishers.ofString(String.join("&", fields)), FORM);
  }

  /// Posts JSON, as the scripts do.
  Reply postJson(String path, String json) {
    return client.with("X-CSRF-Token", token).post(path, json);
  }

  /// Sends a file, as the scripts do.
  Reply drop(String path, String csv) {
    return client
        .with("X-CSRF-Token", token)
        .send("POST", path, BodyPublishers.ofString(csv), "text/csv");
  }

  /// Sends a vendor's file, and waits for the verdict.
  Upload sent(TestConsole console, String vendor, String csv) throws InterruptedException {
    Reply reply = drop("/uploads?filename=file.csv&vendor=" + vendor, csv);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    UUID id = UUID.fromString(reply.json().path("id").stringValue());
    return console.onboarding().uploads().await(id, TestConsole.PATIENCE);
  }

  /// Sends files with a form, after a field with the token of the session.
  Reply send(String path, Map<String, byte[]> files) {
    String boundary = "----files";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n"
            .formatted(boundary, token)
            .getBytes(StandardCharsets.UTF_8));
    files.forEach((name, bytes) -> {
      body.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n"
              .formatted(boundary, name)
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(bytes);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    });
    body.writeBytes("--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    return client.send(
        "POST",
        path,
        BodyPublishers.ofByteArray(body.toByteArray()),
        "multipart/form-data; boundary=" + boundary);
  }

  /// The same browser, showing a message left by the answer before.
  Visit carrying(Reply reply) {
    String flash =
        reply.response().headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("flash="))
            .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
            .findFirst()
            .orElse("flash=");
    return new Visit(client.with("Cookie", client.header("Cookie") + "; " + flash), token);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
