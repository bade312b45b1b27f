package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.model.Actor;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A run that fails is told of where people are: by mail and by a signed webhook.
class FailedRunAlertTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> hooks = new LinkedBlockingQueue<>();

  @Test
  void aRunThatIsLetInNowhereIsToldByMailAndWebhook(@TempDir Path data) throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    receiver.createContext("/alerts", this::receive);
    receiver.start();
    try (ServerSocket post = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SiesaServer siesa =
            SiesaServer.start(
                RemoteSettings.unlimited(), List.of(new SiesaTenant("acme", "s-key")))) {
      Thread.ofVirtual().start(() -> serve(post));
      Map<Setting, String> settings =
          Map.of(
              Setting.PORT, "0",
              Setting.WEBHOOK_REACH, "private-too",
              Setting.SMTP_HOST, "127.0.0.1",
              Setting.SMTP_PORT, String.valueOf(post.getLocalPort()),
              Setting.SMTP_SECURITY, "none");
      try (Program program =
          Program.start(new SettingsReader(Map.of()).read(data, settings), Clock.systemUTC())) {
        program.announce();
        client(data, siesa.server().uri());
        recipient(data, "mail", "care@example.com");
        String address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alerts";
        recipient(data, "webhook", address);
        program
            .flows()
            .runs()
            .queue("acme", RunMode.INITIAL, "test", new Actor(Actor.Kind.USER, "anna"));
        List<String> told = List.of(next(mails), next(mails));
        assertThat(told).anyMatch(mail -> mail.contains("Run failed"));
        assertThat(told).anyMatch(mail -> mail.contains("Credentials refused"));
        assertThat(told).allMatch(mail -> mail.contains("To: care@example.com"));
        assertThat(List.of(next(hooks), next(hooks)))
            .anyMatch(hook -> hook.contains("run-failed"))
            .allMatch(hook -> hook.contains("acme") && hook.startsWith("v1,"));
      }
    } finally {
      receiver.stop(0);
    }
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("what people are told").isNotNull();
    return next;
  }

  private static void client(Path data, URI siesa) {
    ok(CommandRun.of(data, "mapping", "add", "kong-standard", "--starter", "kong"));
    ok(
        CommandRun.of(
            data,
            "client",
            "add",
            "acme",
            "--product",
            "kong",
            "--mapping",
            "kong-standard",
            "--siesa-url",
            siesa.toString(),
            "--product-url",
            "http://127.0.0.1:9",
            "--schedule",
            "rate(6 hours)"));
    for (String system : List.of("siesa", "kong")) {
      ok(
          CommandRun.of(
              Map.of("ENTREPOT_DATA", data.toString()),
              "{\"api_key\": \"a-revoked-key\"}",
              "client",
              "secret",
              "set",
              "acme",
              system));
    }
  }

  private static void ok(CommandRun ended) {
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
  }

  private static void recipient(Path data, String channel, String address) throws Exception {
    JsonNode server = JSON.readTree(Files.readString(data.resolve("server.json")));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.path("url").stringValue() + "/api/v1/inbox/alert-recipients"))
            .header("Authorization", "Bearer " + server.path("api_key").stringValue())
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"tenant\": \"acme\", \"channel\": \"%s\", \"address\": \"%s\"}"
                        .formatted(channel, address)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      hooks.add(exchange.getRequestHeaders().getFirst("webhook-signature") + " " + body);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void serve(ServerSocket post) {
    while (!post.isClosed()) {
      try (Socket socket = post.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  /// As much of SMTP as it takes to be given a message.
  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    say(out, "220 post");
    StringBuilder message = new StringBuilder();
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (data && line.equals(".")) {
        mails.add(message.toString());
        message.setLength(0);
      } else if (data) {
        message.append(line).append('\n');
        continue;
      }
      data = line.equalsIgnoreCase("DATA");
      say(out, data ? "354 go on" : line.equalsIgnoreCase("QUIT") ? "221 bye" : "250 fine");
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
