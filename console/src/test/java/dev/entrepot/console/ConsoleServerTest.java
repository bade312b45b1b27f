package dev.entrepot.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.view.Assets;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {
  private static final TestConsole CONSOLE = new TestConsole();

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  @Test
  void saysThatItIsWell() {
    assertThat(CONSOLE.client().get("/api/v1/health/live").json().path("status").stringValue())
        .isEqualTo("up");
    assertThat(CONSOLE.client().get("/api/v1/health/ready").status()).isEqualTo(200);
    assertThat(CONSOLE.client().get("/api/v1/version").json().path("version").stringValue())
        .isEqualTo("development");
  }

  @Test
  void tellsProblemsAsTheStandardSays() {
    Reply reply = CONSOLE.client().get("/api/v1/nothing");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().path("type").stringValue()).isEqualTo("/problems/not-found");
    assertThat(reply.json().path("instance").stringValue()).isEqualTo("/api/v1/nothing");
  }

  @Test
  void namesTheMethodsThatAPathTakes() {
    Reply reply = CONSOLE.client().put("/api/v1/version", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    for (String path : new String[] {"/api/v1/version", "/api/v1/nothing", "/nothing"}) {
      Reply reply = CONSOLE.client().get(path);
      assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void keepsStaticFilesForAYear() {
    String prefix = Assets.load().prefix();
    Reply reply = CONSOLE.client().get(prefix + "entrepot.css");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/css");
    assertThat(reply.header("Cache-Control")).contains("immutable");
    Reply again =
        CONSOLE.client().with("If-None-Match", reply.header("ETag")).get(prefix + "entrepot.css");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    assertThat(CONSOLE.client().get(prefix + "js/app.js").status()).isEqualTo(200);
    assertThat(CONSOLE.client().get(prefix + "js/..%2fapp.js").status()).isEqualTo(404);
    assertThat(
            CONSOLE
                .client()
                .with("Accept-Encoding", "gzip")
                .get(prefix + "entrepot.css")
                .header("Content-Encoding"))
        .isEqualTo("gzip");
  }

  @Test
  void signsInAndOut() {
    CONSOLE.account("anna@example.com", Role.OPERATOR, null);
    TestClient anna = CONSOLE.client().signedIn("Anna@example.com", TestConsole.PASSWORD);
    assertThat(anna.get("/api/v1/me").json().path("role").stringValue()).isEqualTo("operator");
    assertThat(anna.delete("/api/v1/session").status()).isEqualTo(204);
    Reply reply = anna.get("/api/v1/me");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void sessionsEndByThemselves() {
    CONSOLE.account("ida@example.com", Role.VIEWER, null);
    TestClient ida = CONSOLE.client().signedIn("ida@example.com", TestConsole.PASSWORD);
    CONSOLE.clock().advance(Duration.ofHours(11));
    assertThat(ida.get("/api/v1/me").status()).isEqualTo(200);
    CONSOLE.clock().advance(Duration.ofHours(11));
    assertThat(ida.get("/api/v1/me").status()).isEqualTo(200);
    CONSOLE.clock().advance(Duration.ofHours(13));
    assertThat(ida.get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aNewPasswordEndsSessions() {
    CONSOLE.account("otto@example.com", Role.VIEWER, null);
    TestClient otto = CONSOLE.client().signedIn("otto@example.com", TestConsole.PASSWORD);
    CONSOLE.clock().advance(Duration.ofSeconds(1));
    Reply wrong =
        otto.post(
            "/api/v1/me/password",
            "{\"current_password\":\"wrong\",\"password\":\"another good one\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/errors/0/field").stringValue()).isEqualTo("current_password");
    assertThat(
            otto.post(
                    "/api/v1/me/password",
                    "{\"current_password\":\"%s\",\"password\":\"another good one\"}"
                        .formatted(TestConsole.PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(otto.get("/api/v1/me").status()).isEqualTo(401);
    CONSOLE.client().signedIn("otto@example.com", "another good one");
  }

  @Test
  void aCookieAloneChangesNothing() {
    CONSOLE.account("eve@example.com", Role.ADMIN, null);
    TestClient eve = CONSOLE.client().signedIn("eve@example.com", TestConsole.PASSWORD);
    TestClient forged = eve.with("X-CSRF-Token", "guessed");
    assertThat(forged.delete("/api/v1/session").status()).isEqualTo(403);
    assertThat(eve.with("Origin", "https://evil.example").delete("/api/v1/session").status())
        .isEqualTo(403);
    assertThat(eve.with("Sec-Fetch-Site", "cross-site").delete("/api/v1/session").status())
        .isEqualTo(403);
    assertThat(eve.get("/api/v1/me").status()).isEqualTo(200);
    assertThat(
            eve.with("Origin", "http://127.0.0.1:" + eve.port()).delete("/api/v1/session").status())
        .isEqualTo(204);
  }

  @Test
  void keysOpenTheApiUntilTheyAreRevoked() {
    TestClient admin = CONSOLE.program(Role.ADMIN, null);
    Reply created = admin.post("/api/v1/api-keys", "{\"name\":\"ERP\",\"role\":\"viewer\"}");
    assertThat(created.status()).isEqualTo(201);
    String key = created.json().path("key").stringValue();
    String id = created.json().path("id").stringValue();
    assertThat(key).startsWith(id + "_");
    TestClient erp = CONSOLE.client().with("Authorization", "Bearer " + key);
    assertThat(erp.get("/api/v1/me").json().path("kind").stringValue()).isEqualTo("api_key");
    assertThat(erp.get("/api/v1/users").status()).isEqualTo(403);
    assertThat(admin.get("/api/v1/api-keys").text()).doesNotContain(key);
    assertThat(admin.delete("/api/v1/api-keys/" + id).status()).isEqualTo(204);
    assertThat(erp.get("/api/v1/me").status()).isEqualTo(401);
    assertThat(admin.delete("/api/v1/api-keys/ek_0000").status()).isEqualTo(404);
  }

  @Test
  void aBadKeyIsNotForgivenForAGoodCookie() {
    CONSOLE.account("carl@example.com", Role.VIEWER, null);
    TestClient carl = CONSOLE.client().signedIn("carl@example.com", TestConsole.PASSWORD);
    assertThat(carl.with("Authorization", "Bearer ek_x").get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void administratorsManageUsers() {
    CONSOLE.vendor("VEND001");
    TestClient admin = CONSOLE.program(Role.ADMIN, null);
    Reply created =
        admin.post(
            "/api/v1/users",
            """
            {"email":"Sue@Example.com","name":"Sue","role":"supplier","vendor":"VEND001",
             "password":"a long enough one"}
            """);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().path("email").stringValue()).isEqualTo("sue@example.com");
    String location = created.header("Location");
    String read = admin.get(location).text();
    Reply changed = admin.put(location, read.replace("\"Sue\"", "\"Susan\""));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().path("name").stringValue()).isEqualTo("Susan");
    assertThat(admin.put(location, read).status()).isEqualTo(409);
    Reply unknown =
        admin.post(
            "/api/v1/users",
            """
            {"email":"b@example.com","name":"B","role":"supplier","vendor":"NONE",
             "password":"a long enough one"}
            """);
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.json().at("/errors/0/field").stringValue()).isEqualTo("vendor");
    TestClient sue = CONSOLE.client().signedIn("sue@example.com", "a long enough one");
    assertThat(admin.post(location + "/sign-out").json().path("sessions").intValue()).isEqualTo(1);
    assertThat(sue.get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void refusesWhatIsNotProperJsonByName() {
    TestClient admin = CONSOLE.program(Role.ADMIN, null);
    Reply malformed = admin.post("/api/v1/api-keys", "{\"name\": \"x\",\n oops}");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.json().path("detail").stringValue()).contains("line 2, column");
    Reply unknown = admin.post("/api/v1/api-keys", "{\"name\":\"x\",\"rule\":\"viewer\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.json().at("/errors/0/field").stringValue()).isEqualTo("rule");
    assertThat(unknown.json().path("detail").stringValue()).contains("role");
    Reply missing = admin.post("/api/v1/api-keys", "{\"name\":\"x\"}");
    assertThat(missing.json().at("/errors/0/field").stringValue()).isEqualTo("role");
    Reply misfit = admin.post("/api/v1/api-keys", "{\"name\":\"x\",\"role\":\"king\"}");
    assertThat(misfit.status()).isEqualTo(422);
    assertThat(misfit.json().path("detail").stringValue())
        .isEqualTo(
            "role: \"king\" does not fit, it must be one of admin, operator, viewer, supplier");
    Reply own = admin.post("/api/v1/api-keys", "{\"name\":\"\",\"role\":\"viewer\"}");
    assertThat(own.status()).as(own.text()).isEqualTo(422);
    Reply type =
        admin.send(
            "POST",
            "/api/v1/api-keys",
            HttpRequest.BodyPublishers.ofString("name=x"),
            "application/x-www-form-urlencoded");
    assertThat(type.status()).isEqualTo(415);
    Reply large = admin.post("/api/v1/api-keys", "\"" + "x".repeat(2_000_000) + "\"");
    assertThat(large.status()).isEqualTo(413);
  }

  @Test
  void textsThatCannotBeStoredAreRefused() {
    TestClient admin = CONSOLE.program(Role.ADMIN, null);
    Reply reply = admin.post("/api/v1/api-keys", "{\"name\":\"a\\u0000b\",\"role\":\"viewer\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
  }

  /// Whether a file is on its way in.
  private static boolean isTakenIn(TestConsole console) {
    try (Stream<Path> files = Files.list(console.folder().resolve("files/incoming/test"))) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stopsOnceRequestsUnderWayAreAnswered() throws Exception {
    TestConsole console = new TestConsole(TestConsole.Engine.RUNS, TestConsole.PATIENCE);
    console.vendor("STOP");
    TestClient operator = console.program(Role.OPERATOR, null);
    // A body that goes on for as long as the test wants.
    PipedOutputStream body = new PipedOutputStream();
    PipedInputStream source = new PipedInputStream(body);
    AtomicReference<Reply> reply = new AtomicReference<>();
    Thread sender =
        Thread.ofPlatform()
            .start(() ->
                reply.set(
                    operator.send(
                        "POST",
                        "/api/v1/uploads?vendor=STOP&file_name=slow.csv",
                        HttpRequest.BodyPublishers.ofInputStream(() -> source),
                        "text/csv")));
    body.write("vendor_product_id\r\n".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    InboxWorld.await(() -> isTakenIn(console));
    Thread closer = Thread.ofPlatform().start(console.server()::close);
    body.write("1\r\n".getBytes(StandardCharsets.UTF_8));
    body.close();
    sender.join();
    closer.join();
    assertThat(reply.get().status()).isEqualTo(202);
    console.close();
  }
}
