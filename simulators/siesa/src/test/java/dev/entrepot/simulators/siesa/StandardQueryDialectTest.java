package dev.entrepot.simulators.siesa;

import static dev.entrepot.simulators.siesa.Asker.codes;
import static dev.entrepot.simulators.siesa.Asker.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.StandardQuery.Envelope;
import dev.entrepot.simulators.siesa.StandardQuery.Failures;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandardQueryDialectTest {
  private final SiesaServer siesa =
      SiesaServer.start(RemoteSettings.usual(), List.of(new SiesaTenant("a", "key-a")));
  private final Asker asker = new Asker(siesa.uri());

  @BeforeEach
  void fill() {
    siesa.products("a").load(SiesaProducts.generate(10, 1));
  }

  @AfterEach
  void close() {
    asker.close();
    siesa.close();
  }

  @Test
  void answers_in_a_table() throws Exception {
    var answer = json(asker.standard("key-a", "numPag=2|tamPag=4", ""));
    assertThat(answer.path("codigo").asInt()).isZero();
    assertThat(codes(answer.path("detalle").path("Table")))
        .containsExactly("P0000005", "P0000006", "P0000007", "P0000008");
  }

  @Test
  void answers_in_datos() throws Exception {
    siesa.standardQuery(new StandardQuery(Envelope.DATOS, Failures.OK_200));
    var answer = json(asker.standard("key-a", "numPag=3|tamPag=4", ""));
    assertThat(codes(answer.path("Datos"))).containsExactly("P0000009", "P0000010");
  }

  @Test
  void tells_what_is_wrong_by_codigo() throws Exception {
    var large = asker.standard("key-a", "numPag=1|tamPag=101", "");
    assertThat(large.statusCode()).isEqualTo(200);
    assertThat(json(large).path("codigo").asInt()).isEqualTo(1);
    assertThat(json(large).path("mensaje").asString()).contains("tamPag");

    siesa.standardQuery(new StandardQuery(Envelope.TABLE, Failures.BAD_REQUEST_400));
    assertThat(asker.standard("key-a", "numPag=0|tamPag=10", "").statusCode()).isEqualTo(400);

    var stranger = asker.standard("key-z", "numPag=1|tamPag=10", "");
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(json(stranger).path("codigo").asInt()).isEqualTo(401);

    siesa.faults().add(Fault.answer(503).times(1));
    var down = asker.standard("key-a", "numPag=1|tamPag=10", "");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(json(down).path("codigo").asInt()).isEqualTo(503);
  }

  @Test
  void knows_what_was_modified_since() throws Exception {
    var before = Instant.now();
    siesa.products("a").touch("P0000004");
    var answer =
        json(
            asker.standard(
                "key-a", "numPag=1|tamPag=10", "&parametros=modified_since%3D" + before));
    assertThat(codes(answer.path("detalle").path("Table"))).containsExactly("P0000004");
  }
}
