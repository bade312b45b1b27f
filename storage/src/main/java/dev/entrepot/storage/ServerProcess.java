package dev.entrepot.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the system knows of server processes.
final class ServerProcess {

  private static final Duration POLL = Duration.ofMillis(5);

  private ServerProcess() {}

  /// A child that takes nothing from our surroundings.
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder.directory(new File("/")).redirectInput(new File("/dev/null"));
  }

  /// Sends a signal, which Java itself cannot choose.
  static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
    // A process that has just ended is no failure; whether it ends is looked at anyway.
    builder(List.of("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, String.valueOf(process.pid())))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// All processes of servers on a cluster: they, and only they, work inside its folder.
  static List<ProcessHandle> on(Path cluster) throws IOException {
    Path folder = cluster.toRealPath();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> worksIn(process, folder)).toList();
    }
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
          .equals(folder);
    } catch (IOException e) {
      return false; // it ended, or is another user's
    }
  }

  /// Waits until something holds.
  ///
  /// @return whether it does, within the time
  static boolean await(Duration most, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }
}
