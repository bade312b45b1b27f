package dev.entrepot.bench;

import dev.entrepot.bench.chaos.ChaosBench;
import dev.entrepot.bench.crash.CrashBench;
import dev.entrepot.bench.drain.DrainBench;
import dev.entrepot.bench.inbox.AppendBench;
import dev.entrepot.bench.inbox.InboxBench;
import dev.entrepot.bench.inbox.SteadyBench;
import dev.entrepot.bench.load.LoadBench;
import dev.entrepot.bench.start.StartBench;
import dev.entrepot.bench.sync.SyncBench;
import dev.entrepot.bench.synccrash.SyncCrashBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `bench/run`.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the program, and shows that killing it does no harm.",
    subcommands = {
      LoadBench.class,
      InboxBench.class,
      AppendBench.class,
      DrainBench.class,
      SteadyBench.class,
      SyncBench.class,
      SyncCrashBench.class,
      ChaosBench.class,
      StartBench.class,
      CrashBench.class
    })
public final class Main implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
