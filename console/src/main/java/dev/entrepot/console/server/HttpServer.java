package dev.entrepot.console.server;

import dev.entrepot.console.server.ProblemException.Kind;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens, hands each request to the [Pipeline] on a virtual thread of its own, and sees that
/// every request gets an answer, be it a problem.
final class HttpServer implements AutoCloseable {
  private static final Logger ACCESS = LoggerFactory.getLogger("dev.entrepot.console.access");
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /// How much of a refused body is read and thrown away, so that its sender gets to read the answer
  /// rather than a broken connection.
  private static final long MOST_DRAINED = 64L << 20;

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(15);
  private static final int MOST_CONNECTIONS = 10_000;

  /// The address of an upload may hold a whole mapping.
  private static final int LONGEST_ADDRESS = 64 * 1024;

  private final Pipeline pipeline;
  private final Sender sender;
  private final Json json;
  private final ProblemPages problemPages;
  private final Connections connections;
  private final WebServer server;

  /// @param gracePeriod how long requests under way may take when the server stops
  record Listening(String host, int port, Duration gracePeriod) {}

  HttpServer(
      Listening listening,
      Pipeline pipeline,
      Sender sender,
      Json json,
      ProblemPages problemPages,
      Connections connections,
      List<DirectRoute> directRoutes) {
    this.pipeline = pipeline;
    this.sender = sender;
    this.json = json;
    this.problemPages = problemPages;
    this.connections = connections;
    this.server =
        WebServer.builder()
            .host(listening.host())
            .port(listening.port())
            .shutdownHook(false)
            .shutdownGracePeriod(listening.gracePeriod())
            .maxTcpConnections(MOST_CONNECTIONS)
            // An answer's last small segment does not wait for the acknowledgement of those before.
            .connectionOptions(options -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .directHandlers(directHandlers())
            .routing(routing(directRoutes))
            .build();
  }

  private HttpRouting.Builder routing(List<DirectRoute> directRoutes) {
    HttpRouting.Builder routing = HttpRouting.builder();
    for (DirectRoute route : directRoutes) {
      routing.post(
          route.path(),
          (request, response) -> {
            connections.bytesTaken();
            route.handle(request, response, connections::bytesTaken);
          });
    }
    return routing.any(this::handle);
  }

  static Connections connections(Duration patience) {
    return new Connections(
        Http1Config.builder().maxPrologueLength(LONGEST_ADDRESS).build(), patience);
  }

  /// @throws IllegalStateException when the address cannot be listened on
  void start() {
    server.start();
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "cannot listen on "
              + server.prototype().host()
              + ":"
              + server.prototype().port()
              + "; is another program using the port? Choose another one");
    }
  }

  int port() {
    return server.port();
  }

  /// Takes no more connections, waits for the requests under way, and closes.
  @Override
  public void close() {
    server.stop();
    connections.close();
  }

  private void handle(ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    connections.bytesTaken();
    Pipeline.Progress progress = new Pipeline.Progress();
    Answer answer;
    try {
      answer = pipeline.answer(request, progress);
    } catch (Throwable thrown) {
      if (gone(thrown)) {
        throw new CloseConnectionException("the sender of a request is gone", thrown);
      }
      answer = problem(request, progress, Problems.of(thrown));
    }
    boolean unread = progress.unread(request);
    if (unread) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(request, response, answer);
    log(request, progress, answer, began);
    if (unread) {
      drain(request, progress);
      throw new CloseConnectionException("the rest of a body was not wanted");
    }
  }

  private void send(ServerRequest request, ServerResponse response, Answer answer) {
    boolean head = request.prologue().method().text().equals("HEAD");
    try {
      sender.send(response, answer, head);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("interrupted while answering", e);
    } catch (IOException | RuntimeException e) {
      if (!(e instanceof CloseConnectionException)) {
        LOG.warn("an answer to {} broke off", request.path().rawPath(), e);
      }
      throw new CloseConnectionException("an answer broke off", e);
    }
  }

  private Answer problem(
      ServerRequest request, Pipeline.Progress progress, ProblemException thrown) {
    String path = request.path().rawPath();
    Problem problem = thrown.problem().at(path);
    Answer answer = null;
    boolean page = !Route.api(path) && request.headers().isAccepted(MediaTypes.TEXT_HTML);
    if (page) {
      answer = page(request, progress, problem, path);
    }
    if (answer == null) {
      answer = Answer.bytes(problem.status(), Problem.MEDIA_TYPE, json.write(problem));
    }
    for (Answer.Header header : thrown.headers()) {
      answer = answer.with(header.name(), header.value());
    }
    return answer;
  }

  private Answer page(
      ServerRequest request, Pipeline.Progress progress, Problem problem, String path) {
    ProblemPages.Visit visit =
        new ProblemPages.Visit(
            method(request),
            path,
            request.query().rawValue(),
            progress.caller(),
            name -> request.headers().first(HeaderNames.create(name)));
    try {
      return problemPages.show(problem, visit);
    } catch (RuntimeException e) {
      LOG.error("the page for a problem cannot be shown", e);
      return Answer.bytes(
          problem.status(),
          "text/plain; charset=utf-8",
          (problem.title() + ": " + problem.detail()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Method method(ServerRequest request) {
    for (Method method : Method.values()) {
      if (method.name().equals(request.prologue().method().text())) {
        return method;
      }
    }
    return Method.GET;
  }

  private void drain(ServerRequest request, Pipeline.Progress progress) {
    boolean waiting =
        request.headers().containsToken(HeaderValues.EXPECT_100)
            && !progress.body().map(RequestBody::begun).orElse(false);
    if (waiting) {
      return;
    }
    RequestBody body =
        progress
            .body()
            .map(RequestBody::withoutLimit)
            .orElseGet(() -> new RequestBody(request, Long.MAX_VALUE, connections));
    long until = System.nanoTime() + LONGEST_DRAIN.toNanos();
    byte[] buffer = new byte[8192];
    long drained = 0;
    try {
      int count = 0;
      while (count >= 0 && drained < MOST_DRAINED && System.nanoTime() - until < 0) {
        count = body.read(buffer, 0, buffer.length);
        drained += count;
      }
    } catch (IOException | RuntimeException e) {
      LOG.trace("a refused body broke off", e);
    }
  }

  private static boolean gone(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenRequestException || cause instanceof CloseConnectionException) {
        return true;
      }
    }
    return false;
  }

  private void log(ServerRequest request, Pipeline.Progress progress, Answer answer, long began) {
    if (ACCESS.isDebugEnabled()) {
      ACCESS.debug(
          "{} {} {} {} {} ms {}",
          pipeline.address(request),
          Exchange.principalOf(progress.caller()).map(p -> p.actor().reference()).orElse("-"),
          request.prologue().method().text(),
          request.path().rawPath(),
          Duration.ofNanos(System.nanoTime() - began).toMillis(),
          answer.status());
    }
  }

  /// For requests that the HTTP library refuses before they come here.
  private DirectHandlers directHandlers() {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      builder.addHandler(type, this::refusal);
    }
    return builder.build();
  }

  private DirectHandler.TransportResponse refusal(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Kind kind =
        switch (status.code()) {
          case 404 -> Kind.NOT_FOUND;
          case 408 -> Kind.REQUEST_TIMEOUT;
          case 413 -> Kind.TOO_LARGE;
          case 503 -> Kind.UNAVAILABLE;
          default -> status.code() < 500 ? Kind.MALFORMED : Kind.INTERNAL;
        };
    String detail =
        kind == Kind.INTERNAL
            ? "the request could not be answered; try again in a moment"
            : "the request is not proper HTTP, or too large in its first line or headers";
    Problem problem = new ProblemException(kind, detail).problem();
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(json.write(problem))
        .build();
  }
}
