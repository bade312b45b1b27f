package dev.entrepot.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.watch.FlowAlert;
import dev.entrepot.storage.Sql;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client whose time has come and that cannot run is not passed over in silence.
class ScheduledRunTest {
  @TempDir private Path results;
  private FlowNode node;

  @BeforeEach
  void open() {
    node = new FlowNode(results);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aClientWhoseMappingIsNotThereLeavesAFailedRunAndAnAlert() throws Exception {
    node.client(
        """
        client_id: acme
        product_type: kong
        sync_schedule: rate(6 hours)
        field_mappings_key: not-there
        """);
    int _ =
        node.database.<Integer>write(connection ->
            Sql.of("update flow_schedule set next_at = clock_timestamp() where tenant = ?")
                .with("acme")
                .update(connection));
    Run run = node.next();
    assertThat(run.tenant()).isEqualTo("acme");
    assertThat(run.trigger()).isEqualTo("schedule");
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("CONFIGURATION");
    assertThat(run.reason()).contains("not-there", "add it");
    assertThat(node.flows().runs().list("acme", List.of(), null, 10).items()).hasSize(1);
    assertThat(node.alerts)
        .extracting(FlowAlert::condition)
        .containsExactly(FlowAlert.Condition.RUN_FAILED);
  }
}
