package dev.entrepot.bench.chaos;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entrepot.connectors.sqs.LocalQueues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands between a program and its queue. When the program deletes messages, they are on disk:
/// that is when it is killed, and started again.
final class FatalQueue implements AutoCloseable {
  private static final Set<String> PASSED_ON = Set.of("x-amz-target", "content-type");
  private static final int LOOK_SECONDS = 2;

  /// When the program dies.
  enum Blow {
    /// The queue still has the messages, and hands them out again.
    BEFORE_DELETING,
    /// They are deleted, and the program never hears of it.
    AFTER_DELETING
  }

  private final LocalQueues queues;
  private final String queue;
  private final Mortal program;
  private final Queue<Blow> blows;
  private final CountDownLatch empty = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param queue its real address; with more messages in it than the blows can delete
  /// @param blows in their order, one for each time that the program deletes; afterwards it lives
  FatalQueue(LocalQueues queues, String queue, Mortal program, List<Blow> blows)
      throws IOException {
    this.queues = queues;
    this.queue = queue;
    this.program = program;
    this.blows = new ArrayDeque<>(blows);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// The queue's address for the program.
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + URI.create(queue).getPath();
  }

  /// Waits until all blows fell and the queue is empty.
  ///
  /// @throws IOException when the program ends by itself
  void awaitEmpty() throws IOException, InterruptedException {
    while (!empty.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
      requireAlive();
    }
  }

  /// Not between a blow and the start after it.
  private synchronized void requireAlive() throws IOException {
    if (!program.alive()) {
      throw new IOException("the program ended by itself; see its log");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean deletes =
          String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
              .endsWith("DeleteMessageBatch");
      if (!deletes || !struck(exchange, body)) {
        HttpResponse<byte[]> answer = passedOn(exchange, body);
        answer
            .headers()
            .firstValue("Content-Type")
            .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        if (deletes && queues.messages(queue) == 0) {
          empty.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether the program is another one now
  private synchronized boolean struck(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    Blow blow = blows.peek();
    switch (blow) {
      case null -> {
        return false;
      }
      case BEFORE_DELETING -> {
        boolean _ = program.kill();
        queues.giveBack(queue, receipts(body));
      }
      case AFTER_DELETING -> {
        var _ = passedOn(exchange, body);
        boolean _ = program.kill();
      }
    }
    program.start();
    Blow _ = blows.remove();
    return true;
  }

  private static List<String> receipts(byte[] body) {
    List<String> receipts = new ArrayList<>();
    for (JsonNode entry : JsonMapper.shared().readTree(body).path("Entries")) {
      receipts.add(entry.path("ReceiptHandle").asString());
    }
    return receipts;
  }

  private HttpResponse<byte[]> passedOn(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(queues.address().resolve(exchange.getRequestURI().getPath()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    Headers headers = exchange.getRequestHeaders();
    for (String name : PASSED_ON) {
      String value = headers.getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
