package dev.entrepot.connectors.kong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.Harm;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which calls are made, beyond what the contract asks.
class KongCallsTest {
  private final KongServer kong =
      KongServer.start(RemoteSettings.unlimited(), Map.of("key-1", "acme"));
  private final KongFactory factory = new KongFactory();
  private final RecordDestination destination = open();

  private RecordDestination open() {
    Map<String, String> settings = new HashMap<>();
    for (SettingField field : factory.settings()) {
      settings.put(field.name(), String.valueOf(field.fallback()));
    }
    return factory.open(
        settings,
        new Fields(Map.of("api_url", kong.uri().toString(), "api_key", "key-1")),
        new RemoteContext(
            "acme/kong", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    destination.close();
    kong.close();
  }

  private static Write product(Write.Kind kind, int number, int version) {
    Fields part =
        KongSteps.PRODUCTS
            .step()
            .part()
            .apply(KongContractTest.item(number, version))
            .orElseThrow();
    return new Write(kind, part.text("product_id").orElseThrow(), part, part.values().keySet());
  }

  private WriteAnswer write(Write... writes) throws InterruptedException {
    return destination.write("products", List.of(writes));
  }

  @Test
  void oneAloneIsPostedOrPut() throws InterruptedException {
    write(product(Write.Kind.CREATE, 1, 1));
    write(product(Write.Kind.UPDATE, 1, 2));
    assertThat(kong.log().byRoute())
        .isEqualTo(Map.of("POST /products 201", 1L, "PUT /products/{id} 200", 1L));
  }

  @Test
  void oneThatIsThereOrNotAgainstExpectationIsWrittenInBulk() throws InterruptedException {
    write(product(Write.Kind.UPDATE, 1, 1));
    write(product(Write.Kind.CREATE, 1, 2));
    assertThat(kong.log().byRoute())
        .isEqualTo(
            Map.of(
                "PUT /products/{id} 404", 1L,
                "POST /products 409", 1L,
                "POST /products/bulk 200", 2L));
    assertThat(kong.products().effects().changes()).isEqualTo(2);
  }

  @Test
  void aBulkCallThatIsRefusedForOneIsRejectedAsAWhole() throws InterruptedException {
    kong.policy(BatchPolicy.ALL_OR_NOTHING);
    Write good = product(Write.Kind.CREATE, 1, 1);
    Fields bad = product(Write.Kind.CREATE, 2, 1).fields().with("barcode", "x");
    Write other =
        new Write(
            Write.Kind.CREATE, bad.text("product_id").orElseThrow(), bad, bad.values().keySet());
    assertThat(write(good, other))
        .isInstanceOfSatisfying(
            WriteAnswer.Whole.class,
            whole ->
                assertThat(whole.result())
                    .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("BATCH_REFUSED")));
    assertThat(kong.products().effects().changes()).isZero();
  }

  @Test
  void resultsThatAreMissingAreUnknownAndTheOthersAreNot() throws InterruptedException {
    kong.faults().add(Fault.loseResults(1));
    WriteAnswer answer = write(product(Write.Kind.CREATE, 1, 1), product(Write.Kind.CREATE, 2, 1));
    List<WriteResult> results = ((WriteAnswer.Each) answer).results();
    assertThat(results.getFirst()).isEqualTo(new WriteResult.Accepted());
    assertThat(results.getLast()).isInstanceOf(WriteResult.Unknown.class);
  }

  @Test
  void aHundredKeysAreAskedForInOneCall() throws InterruptedException {
    List<Write> writes =
        IntStream.range(0, 100).mapToObj(i -> product(Write.Kind.CREATE, i, 1)).toList();
    destination.write("products", writes);
    Map<String, Fields> found =
        ((Lookup) destination).find("products", writes.stream().map(Write::key).toList());
    assertThat(found).hasSize(100);
    assertThat(kong.log().calls()).isEqualTo(2);
  }

  @Test
  void aProductWithoutATagNeedsNoSecondStep() {
    Step tags = KongSteps.TAGS.step();
    Fields item = KongContractTest.item(1, 1);
    assertThat(tags.part().apply(item))
        .contains(new Fields(Map.of("tag_id", "E28-1-1", "product_id", "P-001 ñ")));
    assertThat(tags.part().apply(item.with("rfid_tag_id", null))).isEmpty();
    assertThat(tags.part().apply(item.with("rfid_tag_id", " "))).isEmpty();
  }

  @Test
  void aProductIsWholeHoweverItIsWritten() {
    Step products = KongSteps.PRODUCTS.step();
    Fields item =
        new Fields(Map.of("product_id", 7L, "quantity", new BigDecimal("12.00")))
            .with("colour", "red")
            .with("weight", new BigDecimal("3.50"))
            .with("empty", null);
    Fields part = products.part().apply(item).orElseThrow();
    assertThat(part.values().keySet())
        .containsExactly(
            "product_id",
            "external_reference",
            "name",
            "barcode",
            "quantity",
            "rfid_tag_id",
            "colour",
            "weight");
    assertThat(part.values())
        .containsEntry("product_id", "7")
        .containsEntry("quantity", 12L)
        .containsEntry("barcode", null)
        .containsEntry("colour", "red")
        .containsEntry("weight", new BigDecimal("3.5"));
    assertThat(KongSteps.TAGS.step().part().apply(item.with("rfid_tag_id", "T")).orElseThrow())
        .isEqualTo(new Fields(Map.of("tag_id", "T", "product_id", "7")));
  }

  @Test
  void aFieldOfAnotherNameIsWrittenWithTheProduct() throws InterruptedException {
    for (int count : new int[] {1, 2}) {
      Write[] writes =
          IntStream.range(0, count)
              .mapToObj(i -> coloured(product(Write.Kind.CREATE, 10 * count + i, 1)))
              .toArray(Write[]::new);
      assertThat(((WriteAnswer.Each) write(writes)).results())
          .containsOnly(new WriteResult.Accepted());
      List<String> keys = Stream.of(writes).map(Write::key).toList();
      assertThat(((Lookup) destination).find("products", keys).values())
          .hasSize(count)
          .allSatisfy(held -> assertThat(held.value("colour")).isEqualTo("red"));
    }
  }

  private static Write coloured(Write write) {
    Fields item = write.fields().with("colour", "red");
    Fields part = KongSteps.PRODUCTS.step().part().apply(item).orElseThrow();
    return new Write(write.kind(), write.key(), part, part.values().keySet());
  }

  @Test
  void anAnswerToOneAloneIsReadAsCloselyAsToMany() throws InterruptedException {
    String failed = "{\"product_id\": \"x\", \"status\": \"failed\"}";
    String rejected = "{\"results\": [{\"product_id\": \"P-001 ñ\", \"status\": \"rejected\"}]}";
    kong.faults().add(Fault.of(new Harm.Answer(200, failed, Map.of())).times(1));
    kong.faults().add(Fault.of(new Harm.Answer(200, rejected, Map.of())).from(2).times(1));
    Write write = product(Write.Kind.CREATE, 1, 1);
    assertThat(((WriteAnswer.Each) write(write)).results().getFirst())
        .isInstanceOf(WriteResult.Unknown.class);
    assertThat(((WriteAnswer.Each) write(write)).results().getFirst())
        .isInstanceOf(WriteResult.Rejected.class);
    assertThat(write(write)).isEqualTo(new WriteAnswer.Each(List.of(new WriteResult.Accepted())));
  }
}
