package dev.entrepot.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.spi.remote.LimitNotice;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteClientTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
  private static final String SECRET = "s3cr3t-9f2c";
  private static final RemoteSettings PATIENT =
      new RemoteSettings(Duration.ofMinutes(5), Duration.ofMinutes(5), 1 << 20, 0);
  private static final RemoteSettings IMPATIENT =
      new RemoteSettings(Duration.ofMillis(300), Duration.ofMillis(300), 1 << 20, 0);

  /// Counts what was taken and learned.
  private static final class Counting implements Budget {
    private final AtomicInteger taken = new AtomicInteger();
    private final List<LimitNotice> learned = new CopyOnWriteArrayList<>();

    @Override
    public void take() {
      taken.incrementAndGet();
    }

    @Override
    public void learn(LimitNotice notice) {
      learned.add(notice);
    }
  }

  private final RawRemote remote = new RawRemote(RawRemote.status(200, "", "{\"ok\":true}"));
  private final Counting budget = new Counting();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final RemoteAccounts accounts = new RemoteAccounts();
  private final RemoteClient client = open(PATIENT);

  private RemoteClient open(RemoteSettings settings) {
    return accounts.open(
        new RemoteParty("Shop", RemoteAuth.bearer(SECRET), SecretMask.of(List.of(SECRET))),
        settings,
        new RemoteContext("acme/shop", budget, exchanges::add, CLOCK));
  }

  @AfterEach
  void close() {
    client.close();
    remote.close();
  }

  private RemoteCall get() {
    return RemoteCall.get("read-things", URI.create(remote.base() + "/things?k=" + SECRET));
  }

  private RemoteCall post() {
    return RemoteCall.post(
        "write-things",
        URI.create(remote.base() + "/things"),
        Body.of("{\"k\":\"" + SECRET + "\"}"));
  }

  private WriteResult write(RemoteClient through) throws InterruptedException {
    WriteAnswer answer =
        through.write(post(), body -> new WriteAnswer.Whole(new WriteResult.Accepted()));
    return ((WriteAnswer.Whole) answer).result();
  }

  private static Code code(RemoteClient through, RemoteCall call) {
    try {
      through.read(call);
      throw new AssertionError("read");
    } catch (RemoteException e) {
      assertThat(e).hasMessageNotContaining(SECRET).hasMessageContaining("Shop");
      return e.code();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void connectionsAreUsedAgain() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(client.read(get()).value("ok")).isEqualTo(true);
    }
    assertThat(remote.connections()).isEqualTo(1);
    assertThat(budget.taken).hasValue(20);
    assertThat(remote.requests()).hasSize(20);
  }

  @Test
  void callsCarryCredentialsAndBodies() throws InterruptedException {
    assertThat(write(client)).isInstanceOf(WriteResult.Accepted.class);
    assertThat(remote.requests().getFirst())
        .startsWith("POST /things HTTP/1.1\r\n")
        .containsIgnoringCase("Authorization: Bearer " + SECRET)
        .containsIgnoringCase("Content-Type: application/json")
        .doesNotContainIgnoringCase("Upgrade:")
        .endsWith("{\"k\":\"" + SECRET + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "301, REFUSED",
    "400, REFUSED",
    "401, DENIED",
    "403, DENIED",
    "404, REFUSED",
    "409, REFUSED",
    "418, REFUSED",
    "422, REFUSED",
    "429, THROTTLED",
    "500, FAULT",
    "501, FAULT",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "599, FAULT"
  })
  void statusesMeanForReads(int status, Code code) {
    remote.answer(
        RawRemote.status(
            status,
            "Location: /elsewhere",
            "{\"error\":{\"code\":\"x\",\"message\":\"because " + SECRET + "\"}}"));
    assertThat(code(client, get())).isEqualTo(code);
    assertThat(remote.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected",
    "409, Rejected",
    "413, Rejected",
    "422, Rejected",
    "429, RetryLater",
    "500, RetryLater",
    "502, RetryLater",
    "503, RetryLater",
    "504, RetryLater"
  })
  void statusesMeanForWrites(int status, String result) throws InterruptedException {
    remote.answer(RawRemote.status(status, "", "{\"code\":\"x_1\",\"message\":\"because\"}"));
    WriteResult written = write(client);
    assertThat(written.getClass().getSimpleName()).isEqualTo(result);
    assertThat(written.toString()).contains("because");
    if (written instanceof WriteResult.Rejected rejected) {
      assertThat(rejected).isEqualTo(new WriteResult.Rejected("X_1", "because"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 404, 405, 410})
  void writesThatNobodyCouldDoStop(int status) {
    remote.answer(RawRemote.status(status, "", "no"));
    assertThatExceptionOfType(RemoteException.class)
        .isThrownBy(() -> write(client))
        .matches(e -> e.code().kind() == RemoteException.Kind.STOP);
  }

  @Test
  void waitsAreToldAndLearned() throws InterruptedException {
    remote.answer(RawRemote.status(429, "Retry-After: 7", ""));
    assertThat(((WriteResult.RetryLater) write(client)).after()).isEqualTo(Duration.ofSeconds(7));
    assertThat(budget.learned).containsExactly(LimitNotice.pause(Duration.ofSeconds(7)));
    remote.answer(RawRemote.status(429, "", ""));
    assertThat(((WriteResult.RetryLater) write(client)).after()).isNull();
    remote.answer(
        RawRemote.status(200, "X-RateLimit-Limit: 100\r\nX-RateLimit-Remaining: 4", "{}"));
    write(client);
    assertThat(budget.learned.getLast()).isEqualTo(new LimitNotice(null, 100, null, 4, null));
  }

  @Test
  void aRefusedConnectionWasNotSent() throws Exception {
    // Bound, so that nobody else has the port, and not listened at.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI closed = URI.create("http://127.0.0.1:" + held.getLocalPort() + "/things");
      RemoteCall call = RemoteCall.post("write-things", closed, Body.of("{}"));
      assertThat(client.call(call)).isInstanceOf(RemoteOutcome.NotSent.class);
      assertThat(code(client, RemoteCall.get("read-things", closed))).isEqualTo(Code.UNAVAILABLE);
    }
    assertThat(exchanges).allMatch(e -> e.status() == 0 && e.problem() != null);
  }

  @Test
  void aNameThatNobodyHasWasNotSent() throws Exception {
    assertThat(
            client.call(RemoteCall.get("read-things", URI.create("http://nobody.invalid/things"))))
        .isInstanceOf(RemoteOutcome.NotSent.class);
  }

  @Test
  void plainHttpWhereTlsIsExpectedWasNotSent() throws Exception {
    URI secure = URI.create(remote.base().replace("http:", "https:") + "/things");
    remote.answer(RawRemote.CUT);
    RemoteOutcome outcome = openAndCall(secure);
    assertThat(outcome).isNotInstanceOf(RemoteOutcome.Answered.class);
  }

  private RemoteOutcome openAndCall(URI uri) throws InterruptedException {
    try (RemoteClient hasty = open(IMPATIENT)) {
      return hasty.call(RemoteCall.post("write-things", uri, Body.of("{}")));
    }
  }

  @Test
  void aCutConnectionIsUnknown() throws InterruptedException {
    remote.answer(RawRemote.CUT);
    assertThat(write(client)).isInstanceOf(WriteResult.Unknown.class);
    assertThat(remote.requests()).as("a write is never repeated").hasSize(1);
    assertThat(code(client, get())).isEqualTo(Code.FAULT);
  }

  @Test
  void silenceIsUnknown() throws InterruptedException {
    try (RemoteClient hasty = open(IMPATIENT)) {
      // The write needs no connection of its own, which could take longer than the patience.
      RemoteOutcome connected;
      do {
        connected = hasty.call(get());
      } while (!(connected instanceof RemoteOutcome.Answered));
      remote.answer(RawRemote.SILENCE);
      assertThat(write(hasty)).isInstanceOf(WriteResult.Unknown.class);
      assertThat(code(hasty, get())).isEqualTo(Code.UNAVAILABLE);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsUnknownUnlessItsStatusTellsEnough() throws InterruptedException {
    remote.answer("HTTP/1.1 200 OK\r\nX-Then: cut\r\nContent-Length: 100\r\n\r\n{\"ok\":");
    assertThat(write(client)).isInstanceOf(WriteResult.Unknown.class);
    assertThat(code(client, get())).isEqualTo(Code.FAULT);
    assertThat(exchanges.getLast().answerBody()).isEqualTo("{\"ok\":");
    assertThat(exchanges.getLast().problem()).contains("broke off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Welcome</html>", "[]", "{\"ok\":tru"})
  void anAnswerThatCannotBeUnderstoodIsUnknown(String body) throws InterruptedException {
    remote.answer(RawRemote.status(200, "", body));
    assertThat(write(client)).isInstanceOf(WriteResult.Unknown.class);
    assertThat(code(client, get())).isEqualTo(Code.FAULT);
  }

  @Test
  void chunkedAnswersAndAnswersWithoutBodyAreRead() throws InterruptedException {
    remote.answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
    assertThat(client.read(get()).value("a")).isEqualTo(1L);
    remote.answer("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(write(client)).isInstanceOf(WriteResult.Accepted.class);
  }

  @Test
  void tooLargeAnswersAreNotRead() throws InterruptedException {
    remote.answer(RawRemote.status(200, "", "{\"a\":\"" + "x".repeat(2 << 20) + "\"}"));
    assertThat(code(client, get())).isEqualTo(Code.REFUSED);
    assertThat(write(client)).isInstanceOf(WriteResult.Unknown.class);
  }

  @Test
  void exchangesHoldNoSecretsAndOnlyTheBeginning() throws InterruptedException {
    String body = "{\"a\":\"" + "x".repeat(16_370) + SECRET + "\",\"b\":\"" + SECRET + "\"}";
    remote.answer(RawRemote.status(200, "X-Echo: " + SECRET + "\r\nSet-Cookie: a=b", body));
    client.read(get());
    write(client);
    assertThat(exchanges).hasSize(2);
    assertThat(exchanges.toString()).doesNotContain(SECRET).doesNotContain("s3cr");
    Exchange read = exchanges.getFirst();
    assertThat(read.uri()).hasQuery("k=***");
    assertThat(read.requestHeaders()).containsEntry("Authorization", "***");
    assertThat(read.answerHeaders().toString().toLowerCase(java.util.Locale.ROOT))
        .contains("x-echo=***", "set-cookie=***");
    assertThat(read.answerBody().length()).isLessThanOrEqualTo(16_385);
    assertThat(read.purpose()).isEqualTo("read-things");
    assertThat(exchanges.getLast().requestBody()).isEqualTo("{\"k\":\"***\"}");
  }

  @Test
  void secretsThatArePartOfTheAddressHideAllOfIt() throws InterruptedException {
    RemoteParty odd =
        new RemoteParty("Shop", RemoteAuth.bearer("http"), SecretMask.of(List.of("http")));
    try (RemoteClient client =
        accounts.open(odd, PATIENT, new RemoteContext("acme/odd", budget, exchanges::add, CLOCK))) {
      client.read(get());
      assertThat(exchanges.getLast().uri()).hasToString("***");
    }
  }

  @Test
  void throttlingIsToldByWhatIsLeft() throws InterruptedException {
    remote.answer(RawRemote.status(429, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 20", ""));
    assertThat(((WriteResult.RetryLater) write(client)).after()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void reasonsHoldNoSecrets() throws InterruptedException {
    WriteResult.Rejected told = new WriteResult.Rejected("BAD", "not " + SECRET);
    WriteAnswer answer = client.write(post(), body -> new WriteAnswer.Each(List.of(told, told)));
    assertThat(answer.toString()).contains("not ***").doesNotContain(SECRET);
  }

  @Test
  void theBreakerSparesASystemThatIsDown() throws InterruptedException {
    remote.answer(RawRemote.status(503, "", ""));
    RemoteSettings sparing =
        new RemoteSettings(Duration.ofSeconds(30), Duration.ofSeconds(30), 1 << 20, 3);
    for (int i = 0; i < 3; i++) {
      try (RemoteClient each = open(sparing)) {
        write(each);
      }
    }
    try (RemoteClient next = open(sparing)) {
      WriteResult.RetryLater later = (WriteResult.RetryLater) write(next);
      assertThat(later.why()).isEqualTo(Code.RESTING);
      assertThat(later.after()).isEqualTo(Duration.ofSeconds(1));
      assertThat(later.reason()).contains("2026-11-20T12:00:01Z");
    }
    assertThat(remote.requests()).hasSize(3);
    assertThat(budget.taken).as("a call that was not made costs nothing").hasValue(3);
  }

  @Test
  void interruptedBeforeNothingIsSent() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> write(client));
    assertThat(remote.requests()).isEmpty();
  }

  @Test
  void interruptedLaterAWriteIsUnknownAndAReadEnds() throws Exception {
    remote.answer(RawRemote.SILENCE);
    FutureTask<Boolean> writing =
        new FutureTask<>(
            () -> write(client) instanceof WriteResult.Unknown && Thread.interrupted());
    Thread writer = Thread.ofVirtual().start(writing);
    awaitRequests(1);
    writer.interrupt();
    assertThat(writing.get()).isTrue();
    FutureTask<String> reading =
        new FutureTask<>(() -> {
          try {
            return client.read(get()).toString();
          } catch (InterruptedException e) {
            return "interrupted";
          }
        });
    Thread reader = Thread.ofVirtual().start(reading);
    awaitRequests(2);
    reader.interrupt();
    assertThat(reading.get()).isEqualTo("interrupted");
  }

  private void awaitRequests(int count) {
    while (remote.requests().size() < count) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aClientThatIsClosedTwiceLeavesOthersTheirConnections() throws InterruptedException {
    RemoteClient other = open(PATIENT);
    other.close();
    other.close();
    assertThat(client.read(get())).isEqualTo(new Fields(Map.of("ok", true)));
    assertThat(FieldsJson.write(Fields.EMPTY).text()).isEqualTo("{}");
  }
}
