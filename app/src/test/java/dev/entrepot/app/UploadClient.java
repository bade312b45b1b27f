package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends files as other programs and browsers do, over HTTP. Not safe for use by several threads.
final class UploadClient {
  private static final String BOUNDARY = "----a-boundary-of-a-test";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Set<String> ENDS = Set.of("completed", "partial", "failed");

  private final URI server;
  private final String apiKey;
  private final HttpClient http = HttpClient.newHttpClient();
  private String cookie = "";

  UploadClient(URI server, String apiKey) {
    this.server = server;
    this.apiKey = apiKey;
  }

  /// @return the upload's id
  String raw(String vendor, Path file) throws IOException, InterruptedException {
    String query = "?vendor=" + vendor + "&file_name=" + encoded(name(file));
    return accepted(
        request("/api/v1/uploads" + query)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofFile(file)));
  }

  /// @return the upload's id
  String multipart(String vendor, Path file) throws IOException, InterruptedException {
    return accepted(
        request("/api/v1/uploads")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(form(Map.of("vendor", vendor), file)));
  }

  private String accepted(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).path("id").stringValue();
  }

  void signIn(String email, String password) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("/sign-in"))
                .header("Content-Type", FORM)
                .POST(
                    BodyPublishers.ofString(
                        "email=" + encoded(email) + "&password=" + encoded(password)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(303);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  /// As the portal's form sends a file without a script; sign in first.
  ///
  /// @return the id of the upload whose page it leads to
  String portal(Path file) throws IOException, InterruptedException {
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(server.resolve("/uploads/new")).header("Cookie", cookie).build(),
            BodyHandlers.ofString());
    Matcher token = TOKEN.matcher(page.body());
    assertThat(token.find()).as("the form carries a token").isTrue();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("/uploads"))
                .header("Cookie", cookie)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(form(Map.of("_csrf", token.group(1)), file))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /// Waits until an upload is finished.
  JsonNode verdict(String id) throws IOException, InterruptedException {
    HttpResponse<String> events =
        http.send(request("/api/v1/uploads/" + id + "/events").build(), BodyHandlers.ofString());
    assertThat(events.body()).contains("event: done");
    HttpResponse<String> answer =
        http.send(request("/api/v1/uploads/" + id).build(), BodyHandlers.ofString());
    JsonNode upload = json(answer);
    assertThat(ENDS).contains(upload.path("state").stringValue());
    return upload;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + apiKey);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static BodyPublisher form(Map<String, String> fields, Path file) throws IOException {
    StringBuilder before = new StringBuilder();
    fields.forEach((name, value) ->
        before
            .append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
            .append(name)
            .append("\"\r\n\r\n")
            .append(value)
            .append("\r\n"));
    before
        .append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
        .append(name(file))
        .append("\"\r\nContent-Type: text/csv\r\n\r\n");
    return BodyPublishers.concat(
        BodyPublishers.ofString(before.toString()),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
  }

  private static String name(Path file) {
    return file.getFileName() + "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
