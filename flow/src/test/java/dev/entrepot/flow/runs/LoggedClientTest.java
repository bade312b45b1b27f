package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/// Log lines of a run say whose it is, on whichever of its threads they are written.
class LoggedClientTest {
  @TempDir private Path results;
  private FlowWorld world;

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyThreadOfARunKnowsItsClient() throws Exception {
    Map<String, String> logged = new ConcurrentHashMap<>();
    MemorySource source = products(20);
    source.fail(() -> {
      logged.put("source", String.valueOf(MDC.get("client_id")));
      return null;
    });
    MemoryDestination destination = new MemoryDestination.Full();
    destination.always(effect -> {
      logged.merge("destination", String.valueOf(MDC.get("client_id")), LoggedClientTest::both);
      return effect.take();
    });
    world.client("acme", source, destination);
    assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
    assertThat(logged).isEqualTo(Map.of("source", "acme", "destination", "acme"));
    assertThat(MDC.get("client_id")).isNull();
  }

  private static String both(String one, String other) {
    return one.equals(other) ? one : one + " and " + other;
  }
}
