package dev.entrepot.cli.api;

import dev.entrepot.cli.api.ApiException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server's HTTP API, `/api/v1`. Answers stay JSON trees: commands print them as they came, and a
/// newer server's fields are not lost. Not safe for use by many threads.
public final class Api implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);
  private static final int CONTINUE = 100;

  private final URI root;
  private final String apiKey;
  private final JsonMapper json = JsonMapper.shared();
  private final Problems problems = new Problems(json);
  private HttpClient client = connect();

  /// @param address of the server, with or without a slash at its end
  public Api(URI address, String apiKey) {
    this.root = address;
    this.apiKey = apiKey;
  }

  private static HttpClient connect() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /// An empty JSON object for a request's body.
  public static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  /// An answer without content is an empty object.
  ///
  /// @throws ApiException as for every other call here
  public JsonNode get(Query query) {
    return sendJson("GET", query, BodyPublishers.noBody());
  }

  public JsonNode post(Query query, JsonNode body) {
    return sendJson("POST", query, publisher(body));
  }

  public JsonNode put(Query query, JsonNode body) {
    return sendJson("PUT", query, publisher(body));
  }

  public JsonNode delete(Query query) {
    return sendJson("DELETE", query, BodyPublishers.noBody());
  }

  /// Bytes on their way out.
  ///
  /// @param length how many; negative: not known, and they can be read once only
  /// @param sent is told now and then how many have gone
  public record Content(String name, Supplier<InputStream> bytes, long length, LongConsumer sent) {

    private BodyPublisher publisher() {
      if (length == 0) {
        return BodyPublishers.noBody();
      }
      BodyPublisher stream =
          BodyPublishers.ofInputStream(() -> new CountingStream(bytes.get(), sent));
      return length > 0 ? BodyPublishers.fromPublisher(stream, length) : stream;
    }
  }

  /// Sends bytes as they are.
  public JsonNode send(Query query, Content content) {
    return sendStream(query, "application/octet-stream", content, content.publisher());
  }

  /// Sends bytes with a text field before them, as a form would.
  public JsonNode send(Query query, String field, String value, Content content) {
    String boundary = "entrepot-" + UUID.randomUUID();
    String before =
        "--%1$s\r\nContent-Disposition: form-data; name=\"%2$s\"\r\n\r\n%3$s\r\n--%1$s\r\n"
                .formatted(boundary, field, value)
            + "Content-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                .formatted(content.name().replaceAll("[\"\r\n]", "_"))
            + "Content-Type: application/octet-stream\r\n\r\n";
    return sendStream(
        query,
        "multipart/form-data; boundary=" + boundary,
        content,
        BodyPublishers.concat(
            BodyPublishers.ofString(before),
            content.publisher(),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
  }

  private JsonNode sendStream(Query query, String type, Content content, BodyPublisher body) {
    HttpRequest request =
        request("POST", query, body)
            .header("Content-Type", type)
            // A refusal (a vendor that may not upload, a wrong key) comes before the bytes go.
            .expectContinue(true)
            .build();
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != CONTINUE) {
      return read(request, response);
    }
    client.shutdownNow();
    client = connect();
    if (content.length() < 0) {
      throw new ApiException(
          ApiException.Kind.UNREACHABLE,
          "%s was too slow to take \"%s\", of which nobody knows now whether it arrived; send it again: the same bytes are the same upload"
              .formatted(root, content.name()),
          null,
          null);
    }
    return sendAtOnce(query, type, body);
  }

  /// Java's client waits five seconds for the word to go on, then sends the bytes all the same, and
  /// takes a word that comes later for the answer; the answer itself would be taken for that to the
  /// next request. So nothing of those connections is used any more. The same bytes are the same
  /// upload, were they sent twice.
  private JsonNode sendAtOnce(Query query, String type, BodyPublisher body) {
    HttpRequest request = request("POST", query, body).header("Content-Type", type).build();
    return read(request, exchange(request, BodyHandlers.ofByteArray()));
  }

  /// Copies an answer's bytes.
  public void download(Query query, OutputStream target) throws IOException {
    HttpRequest request = request("GET", query, BodyPublishers.noBody()).build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() / 100 != 2) {
        throw problem(request, response, body.readAllBytes());
      }
      body.transferTo(target);
    }
  }

  /// Listens to server-sent events until the listener has heard enough or the server ends.
  ///
  /// @param listener gets the data of each event; false stops listening
  /// @return whether the listener stopped, rather than the server
  public boolean listen(Query query, Predicate<JsonNode> listener) {
    HttpRequest request =
        request("GET", query, BodyPublishers.noBody())
            .setHeader("Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (EventReader events = new EventReader(response.body())) {
      if (response.statusCode() / 100 != 2) {
        throw problem(request, response, response.body().readAllBytes());
      }
      for (String data = events.next(); data != null; data = events.next()) {
        if (!listener.test(tree(request, data))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw unreachable(request, e);
    }
  }

  private JsonNode sendJson(String method, Query query, BodyPublisher body) {
    HttpRequest request =
        request(method, query, body)
            .header("Content-Type", "application/json")
            .timeout(ANSWER_TIMEOUT)
            .build();
    return read(request, exchange(request, BodyHandlers.ofByteArray()));
  }

  private HttpRequest.Builder request(String method, Query query, BodyPublisher body) {
    String base = root.toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + "/api/v1" + query))
        .header("Authorization", "Bearer " + apiKey)
        .header("Accept", "application/json, application/problem+json, */*;q=0.5")
        .method(method, body);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw unreachable(request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(Kind.UNREACHABLE, "interrupted while asking " + root, null, e);
    }
  }

  private JsonNode read(HttpRequest request, HttpResponse<byte[]> response) {
    byte[] body = response.body();
    if (response.statusCode() / 100 != 2) {
      throw problem(request, response, body);
    }
    return body.length == 0 ? object() : tree(request, new String(body, StandardCharsets.UTF_8));
  }

  private JsonNode tree(HttpRequest request, String text) {
    try {
      return json.readTree(text);
    } catch (JacksonException e) {
      throw new ApiException(
          Kind.SERVER_FAILED,
          "the answer to "
              + name(request)
              + " is not JSON; is "
              + root
              + " the address of an Entrepot?",
          null,
          e);
    }
  }

  private ApiException problem(HttpRequest request, HttpResponse<?> response, byte[] body) {
    return problems.of(name(request), response.statusCode(), response.headers(), body);
  }

  private ApiException unreachable(HttpRequest request, IOException e) {
    String reason = reason(e);
    return new ApiException(
        Kind.UNREACHABLE,
        "no answer from "
            + root
            + " to "
            + name(request)
            + " ("
            + reason
            + "). Check that the server runs there: entrepot doctor",
        null,
        e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    boolean cut =
        message.contains("received no bytes")
            || message.contains("EOF reached while reading")
            || message.contains("Connection reset");
    return cut ? "the connection broke off before it answered" : message;
  }

  private BodyPublisher publisher(JsonNode body) {
    return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
  }

  private static String name(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
