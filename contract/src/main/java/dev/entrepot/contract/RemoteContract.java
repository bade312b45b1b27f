package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.spi.remote.LimitNotice;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import dev.entrepot.spi.source.CredentialField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/// What contracts of connectors that call other systems share.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RemoteContract {
  /// Has a port, so that nobody else gets it, at which nobody listens.
  private static final Socket NOBODY = held();

  static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  /// What a system does to a call, and what it means for a read.
  ///
  /// @param after what the system asks to be waited for; null: nothing
  record Refusing(Disruption disruption, Code code, @Nullable Duration after) {}

  static Stream<Refusing> refusals() {
    return Stream.of(
        new Refusing(new Disruption.Answer(401, null), Code.DENIED, null),
        new Refusing(new Disruption.Answer(403, null), Code.DENIED, null),
        new Refusing(new Disruption.Answer(429, null), Code.THROTTLED, null),
        new Refusing(new Disruption.Answer(429, "3"), Code.THROTTLED, Duration.ofSeconds(3)),
        new Refusing(new Disruption.Answer(500, null), Code.FAULT, null),
        new Refusing(new Disruption.Answer(503, null), Code.UNAVAILABLE, null),
        new Refusing(new Disruption.Answer(503, "2"), Code.UNAVAILABLE, Duration.ofSeconds(2)));
  }

  static Stream<Refusing> refusalsOfReads() {
    return Stream.concat(
        refusals(),
        Stream.of(
            new Refusing(Disruption.Harm.MALFORMED, Code.FAULT, null),
            new Refusing(Disruption.Harm.TRUNCATED, Code.FAULT, null),
            new Refusing(Disruption.Harm.CUT_BEFORE, Code.FAULT, null)));
  }

  /// Counts what is taken.
  static final class CountingBudget implements Budget {
    private final AtomicLong taken = new AtomicLong();
    private final List<LimitNotice> learned = new CopyOnWriteArrayList<>();

    @Override
    public void take() {
      taken.incrementAndGet();
    }

    @Override
    public void learn(LimitNotice notice) {
      learned.add(notice);
    }

    long taken() {
      return taken.get();
    }

    List<LimitNotice> learned() {
      return learned;
    }
  }

  CountingBudget budget = new CountingBudget();
  List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final AtomicLong accounts = new AtomicLong();
  private RemoteContext context = fresh();

  /// Accounts of their own, so that no test suffers from another's circuit breaker.
  private RemoteContext fresh() {
    return new RemoteContext(
        "acme/account-" + accounts.incrementAndGet(), budget, exchanges::add, Clock.systemUTC());
  }

  final RemoteContext context() {
    return context;
  }

  final void renew() {
    budget = new CountingBudget();
    exchanges = new CopyOnWriteArrayList<>();
    context = fresh();
  }

  @AfterEach
  final void leaveNoInterrupt() {
    assertThat(Thread.interrupted()).as("the test's thread is interrupted").isFalse();
  }

  static Map<String, String> filled(List<SettingField> fields, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : fields) {
      if (field.fallback() != null) {
        values.put(field.name(), field.fallback());
      }
    }
    values.putAll(given);
    return values;
  }

  static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
    Map<String, String> both = new HashMap<>(some);
    both.putAll(others);
    return both;
  }

  static void checkDescriptions(
      String kind,
      String title,
      List<SettingField> settings,
      Map<String, String> values,
      List<CredentialField> credentials,
      List<FieldSpec> fields) {
    assertThat(kind).matches(NAME);
    assertThat(title).isNotBlank();
    assertThat(settings).extracting(SettingField::name).doesNotHaveDuplicates();
    assertThat(settings)
        .allSatisfy(setting -> {
          assertThat(setting.name()).matches(NAME);
          assertThat(setting.description()).isNotBlank();
          assertThat(values)
              .as("a setting without a fallback is given")
              .containsKey(setting.name());
        });
    assertThat(credentials).isNotEmpty();
    assertThat(credentials).extracting(CredentialField::name).doesNotHaveDuplicates();
    assertThat(credentials)
        .allSatisfy(credential -> assertThat(credential.description()).isNotBlank());
    assertThat(credentials).as("something proves who we are").anyMatch(CredentialField::secret);
    assertThat(fields).extracting(FieldSpec::name).doesNotHaveDuplicates();
    assertThat(fields).allSatisfy(field -> assertThat(field.description()).isNotBlank());
  }

  /// The values of credentials that are secret.
  static Set<String> secrets(List<CredentialField> known, Fields credentials) {
    Set<String> secrets = new HashSet<>();
    changed(
        known,
        credentials,
        value -> {
          secrets.add(value);
          return value;
        });
    return secrets;
  }

  /// Credentials that nobody has.
  static Fields wrong(List<CredentialField> known, Fields credentials) {
    return changed(known, credentials, value -> "wrong-5d1c77e0b2");
  }

  private static Fields changed(
      List<CredentialField> known, Fields credentials, UnaryOperator<String> change) {
    Set<String> secret = new HashSet<>();
    known.stream().filter(CredentialField::secret).forEach(field -> secret.add(field.name()));
    return texts(
        credentials, "", (path, text) -> secret.contains(path) ? change.apply(text) : text);
  }

  /// The credentials with addresses at which nobody listens.
  static Fields unreachable(Fields credentials) {
    int port = NOBODY.getLocalPort();
    return texts(
        credentials,
        "",
        (path, text) ->
            text.replaceFirst("//(127\\.0\\.0\\.1|localhost):\\d+", "//127.0.0.1:" + port));
  }

  private static Socket held() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fields texts(Fields fields, String before, BinaryOperator<String> change) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    fields
        .values()
        .forEach((name, value) -> {
          String path = before + name;
          values.put(
              name,
              switch (value) {
                case String text -> change.apply(path, text);
                case Map<?, ?> _ ->
                    texts(fields.fields(name).orElseThrow(), path + ".", change).values();
                case null, default -> value;
              });
        });
    return new Fields(values);
  }

  /// The exception that reading throws.
  static RemoteException failure(Callable<?> reading) throws Exception {
    Object read;
    try {
      read = reading.call();
    } catch (RemoteException e) {
      return e;
    }
    throw new AssertionError("should have failed, but gave " + read);
  }

  /// No exception, nor any of its causes, tells a secret.
  static void tellsNone(Throwable problem, Set<String> secrets) {
    List<String> messages = new ArrayList<>();
    for (Throwable at = problem; at != null; at = at.getCause()) {
      messages.add(String.valueOf(at.getMessage()));
    }
    assertThat(messages)
        .allSatisfy(
            message -> secrets.forEach(secret -> assertThat(message).doesNotContain(secret)));
  }

  /// Every call was kept, and none with a secret.
  final void checkExchanges(Set<String> secrets) {
    assertThat(exchanges).as("every call is recorded").hasSize((int) budget.taken());
    assertThat(exchanges)
        .allSatisfy(exchange -> {
          assertThat(exchange.purpose()).matches(NAME);
          assertThat(exchange.took()).isGreaterThanOrEqualTo(Duration.ZERO);
          assertThat(exchange.status() != 0 || exchange.problem() != null)
              .as("without a status there is a problem")
              .isTrue();
          assertThat(exchange.requestBody().length()).isLessThan(20_000);
          assertThat(exchange.answerBody().length()).isLessThan(20_000);
          secrets.forEach(secret -> assertThat(exchange.toString()).doesNotContain(secret));
        });
  }

  /// Runs something that calls a silent system, interrupts it once the call has arrived, and gives
  /// what it came to.
  static <T> T interrupted(RemoteHarness harness, Callable<T> work) throws Exception {
    long before = harness.calls();
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().start(task);
    while (harness.calls() == before && thread.isAlive()) {
      LockSupport.parkNanos(5_000_000);
    }
    thread.interrupt();
    return task.get();
  }
}
