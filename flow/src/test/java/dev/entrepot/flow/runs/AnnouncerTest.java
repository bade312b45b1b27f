package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncerTest {
  private record Told(boolean told, boolean announced) {}

  @Test
  void aResultThatCannotBeWrittenKeepsNobodyFromBeingTold(@TempDir Path results) throws Exception {
    Files.createFile(results.resolve("acme"));
    try (FlowWorld world = new FlowWorld(results)) {
      world.worker();
      world.client("acme", FlowWorld.products(5), new MemoryDestination());
      Run unwritten = world.run("acme", RunMode.INITIAL);
      assertThat(unwritten.state()).isEqualTo(RunState.SUCCESS);
      // It begins when the one before is told of.
      assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
      assertThat(told(world, unwritten)).isEqualTo(new Told(true, false));
    }
  }

  private static Told told(FlowWorld world, Run run) {
    return world.database.read(connection ->
        Sql.of("select told, announced from flow_run where id = ?")
            .with(run.id())
            .one(connection, row -> new Told(row.bool("told"), row.bool("announced"))));
  }
}
