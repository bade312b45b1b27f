package dev.entrepot.connectors.siesa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.Harm;
import dev.entrepot.simulators.siesa.Oddities;
import dev.entrepot.simulators.siesa.SiesaProduct;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.StandardQuery;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiesaValuesTest {
  private final SiesaHarness harness = SiesaHarness.start(Map.of());
  private final SiesaFactory factory = new SiesaFactory();

  @AfterEach
  void close() {
    harness.close();
  }

  private RecordSource open(Map<String, String> settings, Fields credentials) {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : factory.settings()) {
      values.put(field.name(), String.valueOf(field.fallback()));
    }
    values.putAll(settings);
    RemoteContext context =
        new RemoteContext(
            "acme/siesa", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC());
    return factory.open(values, credentials, context);
  }

  @ParameterizedTest
  @CsvSource({"rest, bearer", "rest, api-key", "standard-query, bearer"})
  void valuesAreGivenAsSiesaGivesThem(String dialect, String auth) throws InterruptedException {
    harness.fill(3);
    harness.siesa().oddities(Oddities.usual());
    try (RecordSource source =
        open(Map.of("dialect", dialect, "auth", auth), harness.credentials())) {
      SourcePage page = source.read(new Extract(null, 10), null);
      assertThat(page.records()).hasSize(3);
      Fields first = page.records().getFirst();
      assertThat(first.value("f_codigo")).isEqualTo("P0000001");
      assertThat(first.text("f_cantidad").orElseThrow()).contains(",");
      assertThat(first.value("f_activo")).isInstanceOf(String.class);
      assertThat(source.check()).hasSize(2);
    }
  }

  @Test
  void rowsInTheOtherEnvelopeAreRead() throws InterruptedException {
    harness.fill(3);
    harness
        .siesa()
        .standardQuery(
            new StandardQuery(StandardQuery.Envelope.DATOS, StandardQuery.Failures.OK_200));
    try (RecordSource source = open(Map.of("dialect", "standard-query"), harness.credentials())) {
      assertThat(source.read(new Extract(null, 10), null).records()).hasSize(3);
    }
  }

  @Test
  void aQueryThatSiesaDoesNotKnowIsToldInItsWords() {
    try (RecordSource source =
        open(
            Map.of("dialect", "standard-query", "descripcion", "API_v9_Nada"),
            harness.credentials())) {
      assertThatExceptionOfType(RemoteException.class)
          .isThrownBy(() -> source.read(new Extract(null, 10), null))
          .withMessageContaining("descripcion no válido: API_v9_Nada")
          .matches(problem -> problem.code() == RemoteException.Code.FAULT);
    }
  }

  private static List<SourcePage> all(RecordSource source, int size) throws InterruptedException {
    List<SourcePage> pages = new ArrayList<>();
    String next = null;
    do {
      SourcePage page = source.read(new Extract(null, size), next);
      pages.add(page);
      next = page.next();
    } while (next != null);
    return pages;
  }

  private static List<String> codes(List<SourcePage> pages) {
    return pages.stream()
        .flatMap(page -> page.records().stream())
        .map(row -> row.text("f_codigo").orElse(""))
        .toList();
  }

  @Test
  void withoutATotalPagesEndAllTheSame() throws InterruptedException {
    harness.fill(20);
    harness.siesa().oddities(Oddities.none().total(Oddities.Total.LEFT_OUT));
    try (RecordSource source = open(Map.of(), harness.credentials())) {
      List<SourcePage> pages = all(source, 10);
      assertThat(pages).allMatch(page -> page.total() == null);
      assertThat(codes(pages)).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void asManyCallsAsThereAreFullPagesWhereTheTotalIsTold() throws InterruptedException {
    harness.fill(3_000);
    try (RecordSource source = open(Map.of(), harness.credentials())) {
      assertThat(codes(all(source, 1_000))).hasSize(3_000).doesNotHaveDuplicates();
      assertThat(harness.calls()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rest, TOLD, 100, 1000, 2500",
    "rest, LEFT_OUT, 100, 1000, 1200",
    "standard-query, LEFT_OUT, 50, 100, 430",
    "standard-query, LEFT_OUT, 50, 100, 50"
  })
  void aSiesaThatGivesSmallerPagesThanItIsAskedForIsReadToItsEnd(
      String dialect, Oddities.Total total, int cap, int size, int count)
      throws InterruptedException {
    harness.fill(count);
    harness.siesa().oddities(Oddities.none().total(total).cap(cap));
    try (RecordSource source = open(Map.of("dialect", dialect), harness.credentials())) {
      assertThat(codes(all(source, size))).hasSize(count).doesNotHaveDuplicates();
    }
  }

  private void answerAtOnce(int call, String body) {
    int _ =
        harness
            .siesa()
            .faults()
            .add(Fault.of(new Harm.Answer(200, body, Map.of())).from(call).times(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": [], \"page\": 2, \"limit\": 10, \"total\": 30}",
        "{\"data\": [{\"f_codigo\": \"P11\"}], \"page\": 2, \"limit\": 10, \"total\": 30}"
      })
  void aPageThatHoldsLessThanItMustByTheTotalIsAnErrorThatPasses(String body)
      throws InterruptedException {
    harness.fill(30);
    answerAtOnce(2, body);
    try (RecordSource source = open(Map.of(), harness.credentials())) {
      Extract extract = new Extract(null, 10);
      String second = source.read(extract, null).next();
      assertThatExceptionOfType(RemoteException.class)
          .isThrownBy(() -> source.read(extract, second))
          .withMessageContainingAll("page 2", "should hold 10", "30 in all")
          .matches(problem -> problem.code() == RemoteException.Code.FAULT);
      assertThat(source.read(extract, second).records()).hasSize(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"rest", "standard-query"})
  void rowsThatAreNoProductsAreNotLost(String dialect) throws InterruptedException {
    String rows = "[null, {\"f_codigo\": \"P1\"}, \"broken\", [1, 2], {\"f_codigo\": null}]";
    answerAtOnce(
        1,
        dialect.equals("rest")
            ? "{\"data\": " + rows + ", \"total\": 5}"
            : "{\"codigo\": 0, \"detalle\": {\"Table\": " + rows + "}}");
    try (RecordSource source = open(Map.of("dialect", dialect), harness.credentials())) {
      SourcePage page = source.read(new Extract(null, 10), null);
      assertThat(page.ghosts()).isEqualTo(2);
      assertThat(page.records())
          .containsExactly(
              new Fields(Map.of("f_codigo", "P1")),
              new Fields(Map.of("(not an object)", "broken")),
              new Fields(Map.of("(not an object)", List.of(1L, 2L))));
    }
  }

  @ParameterizedTest
  @CsvSource({"rest", "standard-query"})
  void aProductThatGoesWhileAnotherComesHidesNoOther(String dialect) throws InterruptedException {
    harness.fill(60);
    List<String> before =
        harness.products().all().stream().map(SiesaProduct::code).skip(1).toList();
    AtomicInteger calls = new AtomicInteger();
    harness
        .siesa()
        .watcher((_, _) -> {
          if (calls.incrementAndGet() == 2) {
            harness.remove(0);
            SiesaProducts.generate(1, 3, 900).forEach(harness.products()::add);
          }
        });
    try (RecordSource source = open(Map.of("dialect", dialect), harness.credentials())) {
      assertThat(codes(all(source, 20))).containsAll(before);
    }
  }

  @Test
  void pagesAreAsLargeAsTheSettingAllows() {
    try (RecordSource rest = open(Map.of(), harness.credentials());
        RecordSource small = open(Map.of("page-size", "50"), harness.credentials());
        RecordSource query = open(Map.of("dialect", "standard-query"), harness.credentials())) {
      assertThat(rest.largestPage()).isEqualTo(1_000);
      assertThat(small.largestPage()).isEqualTo(50);
      assertThat(query.largestPage()).isEqualTo(100);
    }
  }

  @Test
  void whatStandardQueryNeedsIsAskedFor() {
    Map<String, String> settings = Map.of("dialect", "standard-query");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(settings, harness.credentials().with("tenant_id", null)))
        .withMessageContaining("id-compania");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(settings, harness.credentials().with("password", null)))
        .withMessageContaining("password");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(Map.of("page-size", "5000"), harness.credentials()))
        .withMessageContaining("page-size");
  }
}
