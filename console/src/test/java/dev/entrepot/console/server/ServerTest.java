package dev.entrepot.console.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ServerTest {
  private record Echo(String text) {}

  private static final AtomicInteger ACTED = new AtomicInteger();
  private static final CountDownLatch HELD = new CountDownLatch(1);
  private static final CountDownLatch ENTERED = new CountDownLatch(1);
  private static final TestServer SERVER =
      new TestServer(
          Duration.ofMinutes(2),
          Route.get("/api/echo/{text}", "echo", Access.open(), ServerTest::echo),
          Route.get("/api/echo/fixed", "fixed", Access.open(), _ -> Answer.json(new Echo("fixed"))),
          Route.get("/page", "page", Access.open(), _ -> Answer.html(200, "<p>page</p>")),
          Route.post("/page", "form", Access.open(), ServerTest::form).taking(Body.form()),
          Route.post("/api/act", "act", Access.needs(Permission.AUDIT), ServerTest::act).replayed(),
          Route.post("/api/hold", "hold", Access.authenticated(), ServerTest::hold).replayed(),
          Route.post("/api/count", "count", Access.authenticated(), ServerTest::count)
              .taking(Body.stream()),
          Route.post("/api/file", "file", Access.authenticated(), ServerTest::file)
              .taking(Body.stream()),
          Route.get(
              "/api/linked/{text}",
              "linked",
              Access.needsOrLink(Permission.READ_UPLOADS),
              ServerTest::echo),
          Route.get("/api/broken", "broken", Access.open(), ServerTest::broken),
          Route.get("/api/halfway", "halfway", Access.open(), ServerTest::halfway),
          Route.get("/api/large", "large", Access.open(), ServerTest::large));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static Answer echo(Exchange exchange) {
    return Answer.json(new Echo(exchange.variable("text")));
  }

  private static Answer form(Exchange exchange) {
    return Answer.json(new Echo(exchange.form().value("text").orElse("")));
  }

  private static Answer act(Exchange exchange) {
    Echo echo = exchange.json(Echo.class);
    if (echo.text().equals("fail")) {
      throw ProblemException.invalid("text", "asked to fail");
    }
    return Answer.created("/api/act/" + ACTED.incrementAndGet(), new Echo(echo.text()));
  }

  private static Answer hold(Exchange exchange) throws InterruptedException {
    ENTERED.countDown();
    HELD.await();
    return Answer.json(exchange.json(Echo.class));
  }

  private static Answer count(Exchange exchange) throws IOException {
    long count = 0;
    byte[] buffer = new byte[8192];
    try (InputStream body = exchange.stream()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        count += read;
        if (count > 50_000_000) {
          throw new ProblemException(ProblemException.Kind.TOO_LARGE, "more than 50 MB");
        }
      }
    }
    return Answer.json(new Echo("" + count));
  }

  private static Answer file(Exchange exchange) throws IOException {
    Multipart body = exchange.multipart();
    Multipart.FilePart file = body.file().orElseThrow();
    long count = file.bytes().transferTo(OutputStream.nullOutputStream());
    body.rest();
    return Answer.json(new Echo(file.name() + " " + count + " " + body.field("vendor").orElse("")));
  }

  private static Answer broken(Exchange exchange) {
    throw new IllegalStateException("secret of the inside");
  }

  private static Answer halfway(Exchange exchange) {
    return Answer.stream(
        "text/plain",
        out -> {
          out.write("x".repeat(100_000).getBytes(UTF_8));
          throw new IOException("broke while writing, as the test wants");
        });
  }

  private static Answer large(Exchange exchange) {
    byte[] bytes = new byte[64 << 20];
    Arrays.fill(bytes, (byte) 'x');
    return Answer.bytes(200, "text/plain", bytes);
  }

  private static String text(Reply reply) {
    return reply.json().path("text").stringValue();
  }

  @Test
  void variablesAreDecodedAfterTheSegmentsAreToldApart() {
    assertThat(text(SERVER.client().get("/api/echo/a%2Fb+c%20%C3%A4"))).isEqualTo("a/b+c ä");
    assertThat(text(SERVER.client().get("/api/echo/fixed"))).isEqualTo("fixed");
    assertThat(SERVER.client().get("/api/echo/a/b").status()).isEqualTo(404);
    assertThat(SERVER.client().get("/api/echo/..").status()).isEqualTo(200);
  }

  @Test
  void whatBreaksInsideIsNotTold() {
    Reply reply = SERVER.client().get("/api/broken");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text()).doesNotContain("secret").contains("reference");
  }

  @Test
  void problemsOfPagesAreNoJson() {
    Reply reply = SERVER.client().with("Accept", "text/html").get("/nowhere");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).startsWith("text/plain");
    assertThat(
            SERVER
                .client()
                .with("Accept", "application/json")
                .get("/nowhere")
                .json()
                .path("status")
                .intValue())
        .isEqualTo(404);
  }

  @Test
  void headGivesTheHeadersOnly() {
    Reply reply = SERVER.client().send("HEAD", "/page", BodyPublishers.noBody(), null);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("11");
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void formsCarryTheToken() {
    TestServer.Browser browser = SERVER.browser("form@example.com");
    String type = "application/x-www-form-urlencoded";
    assertThat(
            browser
                .client()
                .send("POST", "/page", BodyPublishers.ofString("text=a"), type)
                .status())
        .isEqualTo(403);
    Reply reply =
        browser
            .client()
            .send(
                "POST",
                "/page",
                BodyPublishers.ofString("text=a%26b+c&_csrf=" + browser.token()),
                type);
    assertThat(text(reply)).isEqualTo("a&b c");
    // Signing in, say: nobody has a session, but a foreign page is refused all the same.
    assertThat(
            SERVER
                .client()
                .with("Origin", "https://evil.example")
                .send("POST", "/page", BodyPublishers.ofString("text=a"), type)
                .status())
        .isEqualTo(403);
  }

  @Test
  void multipartCarriesTheTokenBeforeTheFile() {
    TestServer.Browser browser = SERVER.browser("multi@example.com");
    String file = part("file\"; filename=\"C:\\folder\\a.csv", "1,2,3\r\n");
    String token = part("_csrf", browser.token());
    assertThat(multipart(browser.client(), part("vendor", "V1") + file).status()).isEqualTo(403);
    assertThat(multipart(browser.client(), file + token).status()).isEqualTo(403);
    Reply reply = multipart(browser.client(), token + file + part("vendor", "V1"));
    assertThat(text(reply)).isEqualTo("a.csv 7 V1");
    // The raw body of the same route needs the header.
    assertThat(
            browser
                .client()
                .send("POST", "/api/count", BodyPublishers.ofString("x"), "multipart/form-data")
                .status())
        .isEqualTo(403);
  }

  @Test
  void multipartThatIsNoneIsMalformed() {
    TestClient program = SERVER.program(Role.ADMIN);
    Reply none =
        program.send("POST", "/api/file", BodyPublishers.ofString("x"), "multipart/form-data");
    assertThat(none.status()).as(none.text()).isEqualTo(400);
    Reply cut =
        program.send(
            "POST",
            "/api/file",
            BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"vendor\"\r\n"),
            "multipart/form-data; boundary=b");
    assertThat(cut.status()).as(cut.text()).isEqualTo(400);
  }

  private static Reply multipart(TestClient client, String parts) {
    return client.send(
        "POST",
        "/api/file",
        BodyPublishers.ofString(parts + "--b--\r\n"),
        "multipart/form-data; boundary=b");
  }

  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  @Test
  void aRepeatedRequestActsOnce() {
    TestClient program = SERVER.program(Role.ADMIN).with("Idempotency-Key", "key-1");
    int before = ACTED.get();
    Reply first = program.post("/api/act", "{\"text\":\"a\"}");
    Reply second = program.post("/api/act", "{\"text\":\"a\"}");
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(ACTED.get()).isEqualTo(before + 1);
    assertThat(program.post("/api/act", "{\"text\":\"b\"}").status()).isEqualTo(422);
    TestClient other = SERVER.program(Role.ADMIN).with("Idempotency-Key", "key-1");
    assertThat(other.post("/api/act", "{\"text\":\"b\"}").status()).isEqualTo(201);
    SERVER.clock().advance(Duration.ofHours(25));
    assertThat(program.post("/api/act", "{\"text\":\"b\"}").status()).isEqualTo(201);
  }

  @Test
  void aFailedRequestMayBeRepeatedWithItsKey() {
    TestClient program = SERVER.program(Role.ADMIN).with("Idempotency-Key", "key-2");
    assertThat(program.post("/api/act", "{\"text\":\"fail\"}").status()).isEqualTo(422);
    assertThat(program.post("/api/act", "{\"text\":\"a\"}").status()).isEqualTo(201);
    assertThat(
            program
                .with("Idempotency-Key", "has blanks")
                .post("/api/act", "{\"text\":\"a\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aRequestUnderWayIsNotRepeated() throws Exception {
    TestClient program = SERVER.program(Role.ADMIN).with("Idempotency-Key", "key-3");
    AtomicReference<Reply> first = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual().start(() -> first.set(program.post("/api/hold", "{\"text\":\"a\"}")));
    ENTERED.await();
    Reply second = program.post("/api/hold", "{\"text\":\"a\"}");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.header("Retry-After")).isEqualTo("1");
    SERVER.clock().advance(Duration.ofMinutes(11));
    Reply late = program.post("/api/hold", "{\"text\":\"a\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text()).contains("/problems/outcome-unknown", "send it with a new key");
    HELD.countDown();
    thread.join();
    assertThat(first.get().status()).isEqualTo(200);
    assertThat(program.post("/api/hold", "{\"text\":\"a\"}").text()).isEqualTo(first.get().text());
  }

  @Test
  void rolesWithoutThePermissionAreRefused() {
    assertThat(SERVER.client().post("/api/act", "{\"text\":\"a\"}").status()).isEqualTo(401);
    assertThat(SERVER.program(Role.VIEWER).post("/api/act", "{\"text\":\"a\"}").status())
        .isEqualTo(201);
  }

  @Test
  void signedLinksOpenTheirOwnPathForSevenDays() {
    String link = SERVER.links().sign("/api/linked/a").toString();
    String path = link.substring(link.indexOf("/api"));
    assertThat(SERVER.client().get(path).status()).isEqualTo(200);
    assertThat(SERVER.client().get("/api/linked/a").status()).isEqualTo(401);
    assertThat(SERVER.client().get(path.replace("linked/a", "linked/b")).status()).isEqualTo(403);
    assertThat(SERVER.client().get(path.replace("expires=", "expires=9")).status()).isEqualTo(403);
    SERVER.clock().advance(Duration.ofDays(7));
    assertThat(SERVER.client().get(path).status()).isEqualTo(403);
  }

  @Test
  void largeBodiesStreamWhetherOrNotTheirLengthIsKnown() {
    TestClient program = SERVER.program(Role.ADMIN);
    byte[] bytes = new byte[40_000_000];
    assertThat(
            text(program.send("POST", "/api/count", BodyPublishers.ofByteArray(bytes), "text/csv")))
        .isEqualTo("40000000");
    assertThat(
            text(
                program.send(
                    "POST",
                    "/api/count",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
                    "text/csv")))
        .isEqualTo("40000000");
  }

  @Test
  void aBodyThatIsRefusedMidwayStillGetsItsAnswer() {
    Reply reply =
        SERVER
            .program(Role.ADMIN)
            .send(
                "POST", "/api/count", BodyPublishers.ofByteArray(new byte[55_000_000]), "text/csv");
    assertThat(reply.status()).isEqualTo(413);
    Reply stranger =
        SERVER
            .client()
            .send(
                "POST", "/api/count", BodyPublishers.ofByteArray(new byte[5_000_000]), "text/csv");
    assertThat(stranger.status()).isEqualTo(401);
  }

  @Test
  void anAnswerThatBreaksIsNotTakenForAWhole() {
    assertThatThrownBy(() -> SERVER.client().get("/api/halfway"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void largeAnswersArriveWhole() {
    assertThat(SERVER.client().get("/api/large").response().body()).hasSize(64 << 20);
  }
}
