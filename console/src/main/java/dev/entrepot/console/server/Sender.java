package dev.entrepot.console.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Writes answers to the wire.
final class Sender {
  static final String JSON = "application/json";
  private static final int AT_ONCE = 32 * 1024;

  private final Json json;
  private final List<Answer.Header> always;

  /// @param always headers that every answer carries
  Sender(Json json, List<Answer.Header> always) {
    this.json = json;
    this.always = always;
  }

  /// @param head whether only the headers are wanted
  void send(ServerResponse response, Answer answer, boolean head)
      throws IOException, InterruptedException {
    response.status(Status.create(answer.status()));
    for (Answer.Header header : always) {
      response.headers().set(HeaderNames.create(header.name()), header.value());
    }
    if (answer.headers().stream().noneMatch(h -> h.name().equalsIgnoreCase("Cache-Control"))) {
      response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    }
    for (Answer.Header header : answer.headers()) {
      HeaderName name = HeaderNames.create(header.name());
      if (name.equals(HeaderNames.SET_COOKIE)) {
        response.headers().add(name, header.value());
      } else {
        response.headers().set(name, header.value());
      }
    }
    switch (answer.content()) {
      case Answer.Nothing _ -> response.send();
      case Answer.Json value -> sendBytes(response, JSON, json.write(value.value()), head);
      case Answer.Bytes bytes -> sendBytes(response, bytes.type(), bytes.bytes(), head);
      case Answer.Stream stream -> sendStream(response, stream, head);
    }
  }

  private static void sendBytes(ServerResponse response, String type, byte[] bytes, boolean head)
      throws IOException {
    response.headers().set(HeaderNames.CONTENT_TYPE, type);
    if (head || bytes.length > AT_ONCE) {
      response.headers().contentLength(bytes.length);
    }
    if (head) {
      response.send();
      return;
    }
    if (bytes.length <= AT_ONCE) {
      response.send(bytes);
      return;
    }
    // Piece by piece, so that a slow client is waited for by the piece and not by the whole.
    OutputStream out = response.outputStream();
    for (int at = 0; at < bytes.length; at += AT_ONCE) {
      out.write(bytes, at, Math.min(AT_ONCE, bytes.length - at));
    }
    out.close();
  }

  private static void sendStream(ServerResponse response, Answer.Stream stream, boolean head)
      throws IOException, InterruptedException {
    response.headers().set(HeaderNames.CONTENT_TYPE, stream.type());
    if (stream.length() >= 0) {
      response.headers().contentLength(stream.length());
    }
    if (head) {
      response.send();
      return;
    }
    // Closed only when all went well: closing it would tell the client that this was the whole.
    OutputStream out = response.outputStream();
    stream.writer().write(out);
    out.close();
  }
}
