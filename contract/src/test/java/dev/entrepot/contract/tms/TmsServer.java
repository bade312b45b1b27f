package dev.entrepot.contract.tms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entrepot.contract.Disruption;
import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.kit.remote.FieldsLists;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.record.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A transport system: shipments by id, in the order in which they came.
///
/// - `X-TMS-Key` lets in.
/// - `POST /shipments/batch {shipments: [{id, …, deleted?}]}`, at most 20: `{results: [{id, status,
///   error?}]}`.
/// - `GET /shipments?ids=a,b`, and `GET /shipments?page&size&since`, page from 0: `{shipments: […],
///   total}`.
public final class TmsServer implements AutoCloseable {
  /// Lets in.
  public static final String KEY = "tms-key-4410be";

  /// A shipment as it is held.
  public record Shipment(Fields fields, Instant changed) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong calls = new AtomicLong();
  private final Map<String, Shipment> shipments = new LinkedHashMap<>();
  private long effects;
  private volatile @Nullable Disruption disruption;

  /// Listens on 127.0.0.1 until it is closed.
  public TmsServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
  }

  /// Its base address.
  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/api";
  }

  void disrupt(@Nullable Disruption next) {
    disruption = next;
  }

  /// How many calls came.
  public long calls() {
    return calls.get();
  }

  /// How many writes changed something.
  public synchronized long effects() {
    return effects;
  }

  /// All shipments, in the order in which they came.
  public synchronized List<Shipment> all() {
    return List.copyOf(shipments.values());
  }

  /// Keeps a shipment.
  ///
  /// @return what that did
  public synchronized String put(Fields shipment, Instant at) {
    String id = shipment.text("id").orElseThrow();
    Shipment before = shipments.get(id);
    if (before != null && before.fields().equals(shipment)) {
      return "unchanged";
    }
    shipments.put(id, new Shipment(shipment, at));
    effects++;
    return before == null ? "created" : "updated";
  }

  synchronized String remove(String id) {
    if (shipments.remove(id) == null) {
      return "unchanged";
    }
    effects++;
    return "deleted";
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Body body = Body.of(exchange.getRequestBody().readAllBytes());
      // Before it is counted: who waits for the call may disarm at once.
      Disruption armed = disruption;
      calls.incrementAndGet();
      if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-TMS-Key"))) {
        send(exchange, 401, error("who is this?"));
        return;
      }
      switch (armed) {
        case null -> send(exchange, 200, FieldsJson.write(carryOut(exchange, body)));
        case Disruption.Answer(int status, String retryAfter) -> {
          if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          send(exchange, status, error("disrupted"));
        }
        case Disruption.Harm harm -> harm(exchange, body, harm);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void harm(HttpExchange exchange, Body body, Disruption.Harm harm)
      throws IOException, InterruptedException {
    switch (harm) {
      case CUT_BEFORE -> {}
      case CUT_AFTER -> carryOut(exchange, body);
      case SILENT_BEFORE -> closed.await();
      case SILENT_AFTER -> {
        carryOut(exchange, body);
        closed.await();
      }
      case MALFORMED -> {
        carryOut(exchange, body);
        send(exchange, 200, Body.of("<html>Welcome</html>"));
      }
      case TRUNCATED -> {
        byte[] answer = FieldsJson.write(carryOut(exchange, body)).bytes();
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer, 0, answer.length / 2);
        exchange.getResponseBody().flush();
      }
    }
  }

  private Fields carryOut(HttpExchange exchange, Body body) {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    if (exchange.getRequestMethod().equals("POST")) {
      List<Fields> sent =
          Objects.requireNonNull(FieldsLists.objects(FieldsJson.read(body), "shipments"));
      return list("results", sent.stream().map(this::written).toList(), sent.size());
    }
    String ids = query.get("ids");
    return ids == null ? page(query) : found(List.of(ids.split(",", -1)));
  }

  private Fields written(Fields sent) {
    String id = sent.text("id").orElseThrow();
    if (sent.text("city").orElse("").isEmpty() && !sent.has("deleted")) {
      Map<String, Object> error = Map.of("code", "NO_CITY", "message", "where to?");
      return new Fields(Map.of("id", id, "status", "rejected", "error", error));
    }
    String status = sent.has("deleted") ? remove(id) : put(sent, Instant.now());
    return new Fields(Map.of("id", id, "status", status));
  }

  private synchronized Fields found(List<String> ids) {
    List<Fields> found =
        ids.stream()
            .flatMap(id -> Stream.ofNullable(shipments.get(id)))
            .map(Shipment::fields)
            .toList();
    return list("shipments", found, found.size());
  }

  private Fields page(Map<String, String> query) {
    Instant since = Instant.parse(query.getOrDefault("since", Instant.EPOCH.toString()));
    List<Fields> all =
        all().stream()
            .filter(shipment -> !shipment.changed().isBefore(since))
            .map(Shipment::fields)
            .toList();
    int size = Integer.parseInt(query.getOrDefault("size", "10"));
    int from = Math.min(all.size(), size * Integer.parseInt(query.getOrDefault("page", "0")));
    return list("shipments", all.subList(from, Math.min(all.size(), from + size)), all.size());
  }

  private static Fields list(String name, List<Fields> list, long total) {
    List<Object> values = new ArrayList<>();
    list.forEach(fields -> values.add(fields.values()));
    return new Fields(Map.of(name, values, "total", total));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      query.put(
          part.substring(0, equals),
          URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private static Body error(String message) {
    return FieldsJson.write(new Fields(Map.of("message", message)));
  }

  private static void send(HttpExchange exchange, int status, Body body) throws IOException {
    exchange.sendResponseHeaders(status, body.size());
    exchange.getResponseBody().write(body.bytes());
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
