package dev.entrepot.simulators.remote;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One call until it is answered, in whichever way. It is entered in the log before the first byte
/// of the answer, so that whoever has the answer finds it there.
final class Visit {
  private static final int PIECES = 16;

  private final HttpExchange http;
  private final Call call;
  private final Instant at;
  private final CallLog log;
  private final long began = System.nanoTime();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String route = "?";
  private String fault = "";

  Visit(HttpExchange http, Call call, Instant at, CallLog log) {
    this.http = http;
    this.call = call;
    this.at = at;
    this.log = log;
  }

  Call call() {
    return call;
  }

  Instant at() {
    return at;
  }

  /// Headers that any answer will carry.
  Map<String, String> headers() {
    return headers;
  }

  void route(String name) {
    route = name;
  }

  void fault(String words) {
    fault = words;
  }

  /// @param status 0: there will be no answer
  void enter(int status) {
    log.enter(call, at, route, status, Duration.ofNanos(System.nanoTime() - began), fault);
  }

  void send(Reply reply) throws IOException {
    begin(reply);
    if (reply.body().length > 0) {
      http.getResponseBody().write(reply.body());
    }
  }

  void sendHalf(Reply reply) throws IOException {
    begin(reply);
    http.getResponseBody().write(reply.body(), 0, reply.body().length / 2);
    http.getResponseBody().flush();
    drop();
  }

  void drip(Reply reply, Duration pause, CountDownLatch closed)
      throws IOException, InterruptedException {
    begin(reply);
    var body = reply.body();
    int piece = Math.max(1, (body.length + PIECES - 1) / PIECES);
    for (int from = 0; from < body.length; from += piece) {
      http.getResponseBody().write(body, from, Math.min(piece, body.length - from));
      http.getResponseBody().flush();
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  void cut() {
    enter(0);
    drop();
  }

  /// Closes the connection without another byte.
  void drop() {
    http.close();
  }

  private void begin(Reply reply) throws IOException {
    enter(reply.status());
    headers.putAll(reply.headers());
    headers.forEach(http.getResponseHeaders()::set);
    http.getResponseHeaders().set("Content-Type", reply.type());
    http.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
  }
}
