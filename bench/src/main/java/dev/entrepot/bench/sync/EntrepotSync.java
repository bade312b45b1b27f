package dev.entrepot.bench.sync;

import dev.entrepot.bench.GivenDatabase;
import dev.entrepot.bench.syncparts.SyncProgram;
import dev.entrepot.bench.syncparts.SyncTask;
import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.flow.FlowModule;
import dev.entrepot.flow.FlowModuleSettings;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/// Entrepot's flows as the program wires them, without HTTP around them.
public final class EntrepotSync implements SyncTask {
  private static final long LOOK_MILLIS = 10;

  private final Database database;
  private final FlowModule module;
  private final String flow;

  private EntrepotSync(Path data, String flow) throws IOException {
    this.flow = flow;
    database = Database.open(GivenDatabase.ofEnvironment());
    database.migrate();
    module =
        new FlowModule(
            database,
            SecretSeal.ofKeyFile(data.resolve("secrets.key")),
            Clock.systemUTC(),
            FlowModuleSettings.of("bench", data.resolve("runs")));
    module.start();
  }

  /// @param args a folder for its data, settings of the flow as JSON
  public static void main(String[] args) throws Exception {
    SyncProgram.obey(new EntrepotSync(Path.of(args[0]), args[1]));
  }

  @Override
  public void run(long number, String account) throws InterruptedException {
    SyncClient.make(module.face().config(), SyncWorld.ofEnvironment(), account, flow);
    Run run = module.face().runs().queue(account, RunMode.INITIAL, "bench", Actor.system("bench"));
    while (!run.state().ended()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      run = module.face().runs().find(run.id()).orElseThrow();
    }
    if (run.state() != RunState.SUCCESS || !run.books().balanced()) {
      throw new IllegalStateException("the run did not succeed: " + run);
    }
  }

  @Override
  public void close() {
    module.close();
    database.close();
  }
}
