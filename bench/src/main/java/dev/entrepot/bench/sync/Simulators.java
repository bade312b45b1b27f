package dev.entrepot.bench.sync;

import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Siesa and Kong, simulated, in a process of their own.
public final class Simulators implements AutoCloseable {
  /// What an account of Siesa has.
  ///
  /// @param first the number of the first product
  public record Stock(String account, int products, int first) {
    String argument() {
      return account + ":" + products + ":" + first;
    }
  }

  /// What Kong counted since it was started.
  ///
  /// @param created things that were not there before
  /// @param updated things that became different
  /// @param throttled calls that were too many
  public record KongCounts(
      long productCalls, long tagCalls, long created, long updated, long throttled) {
    /// What was done since.
    public KongCounts since(KongCounts before) {
      return new KongCounts(
          productCalls - before.productCalls,
          tagCalls - before.tagCalls,
          created - before.created,
          updated - before.updated,
          throttled - before.throttled);
    }

    /// Calls that write.
    public long writes() {
      return productCalls + tagCalls;
    }
  }

  private final Process process;
  private final URI siesa;
  private final URI kong;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  private Simulators(Process process, URI siesa, URI kong) {
    this.process = process;
    this.siesa = siesa;
    this.kong = kong;
  }

  /// @param perMinute calls that each of both allows every account; 0: as many as one likes
  /// @param log for what the process says of itself
  public static Simulators start(int perMinute, long seed, List<Stock> stocks, Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Workplace.java().toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                Workplace.classPath(),
                SimulatorsProgram.class.getName(),
                String.valueOf(perMinute),
                String.valueOf(seed)));
    stocks.forEach(stock -> command.add(stock.argument()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith(SimulatorsProgram.LISTENING)) {
      process.destroyForcibly();
      throw new IOException("the simulators did not start; see " + log);
    }
    String[] where = line.substring(SimulatorsProgram.LISTENING.length()).split(" ", -1);
    return new Simulators(process, URI.create(where[0]), URI.create(where[1]));
  }

  public URI siesa() {
    return siesa;
  }

  public URI kong() {
    return kong;
  }

  /// Calls to Siesa that read a page, refused ones left out.
  public long pages() throws IOException, InterruptedException {
    return calls(send(siesa, "GET", "/_state", ""), "GET /inventory/products 200");
  }

  public KongCounts kongCounts() throws IOException, InterruptedException {
    JsonNode state = send(kong, "GET", "/_state", "");
    long created = 0;
    long updated = 0;
    for (JsonNode holding : state.path("holdings").values()) {
      created += holding.path("created").asLong(0);
      updated += holding.path("updated").asLong(0);
    }
    return new KongCounts(
        calls(state, "POST /products/bulk "),
        calls(state, "POST /rfid/tags "),
        created,
        updated,
        state.path("calls").path("throttled").asLong(0));
  }

  private static long calls(JsonNode state, String route) {
    long calls = 0;
    for (var entry : state.path("calls").path("by_route").properties()) {
      if (entry.getKey().startsWith(route)) {
        calls += entry.getValue().asLong(0);
      }
    }
    return calls;
  }

  /// All that Kong holds of an account, by kind and key, as JSON.
  public SortedMap<String, String> held(String account) throws IOException, InterruptedException {
    SortedMap<String, String> held = new TreeMap<>();
    for (var holding : send(kong, "GET", "/_snapshot", "").properties()) {
      for (var thing : holding.getValue().properties()) {
        if (thing.getKey().startsWith(account + "/")) {
          String key = thing.getKey().substring(account.length() + 1);
          held.put(holding.getKey() + " " + key, thing.getValue().toString());
        }
      }
    }
    return held;
  }

  /// Adds products at Siesa, and changes the quantity of others.
  public void change(String account, int added, int sold) throws IOException, InterruptedException {
    JsonNode _ =
        send(
            siesa,
            "POST",
            "/_products/" + account,
            "{\"count\": %d, \"sold\": %d}".formatted(added, sold));
  }

  /// Changes fields of a product at Siesa, given as JSON.
  public void change(String account, String code, String fields)
      throws IOException, InterruptedException {
    JsonNode _ = send(siesa, "PUT", "/_products/" + account + "/" + code, fields);
  }

  /// Arms a fault at Siesa.
  public void armSiesa(String fault) throws IOException, InterruptedException {
    JsonNode _ = send(siesa, "POST", "/_faults", fault);
  }

  /// Arms a fault at Kong.
  public void armKong(String fault) throws IOException, InterruptedException {
    JsonNode _ = send(kong, "POST", "/_faults", fault);
  }

  /// Disarms all faults.
  public void calm() throws IOException, InterruptedException {
    JsonNode _ = send(siesa, "DELETE", "/_faults", "");
    JsonNode _ = send(kong, "DELETE", "/_faults", "");
  }

  private JsonNode send(URI base, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(
                  method,
                  request.uri(),
                  answer.statusCode(),
                  new String(answer.body(), StandardCharsets.UTF_8)));
    }
    return json.readTree(answer.body());
  }

  /// The processor time that both have used.
  public double cpuSeconds() throws IOException {
    return ProcessTimes.of(process.pid()).own();
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
    process.onExit().join();
  }
}
