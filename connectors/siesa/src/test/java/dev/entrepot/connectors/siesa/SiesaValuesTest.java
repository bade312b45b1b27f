package dev.entrepot.connectors.siesa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.simulators.siesa.Oddities;
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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void withoutATotalPagesEndAllTheSame() throws InterruptedException {
    harness.fill(20);
    harness.siesa().oddities(Oddities.none().total(Oddities.Total.LEFT_OUT));
    try (RecordSource source = open(Map.of(), harness.credentials())) {
      SourcePage second =
          source.read(new Extract(null, 10), source.read(new Extract(null, 10), null).next());
      assertThat(second.total()).isNull();
      assertThat(source.read(new Extract(null, 10), second.next()).next()).isNull();
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
