package dev.entrepot.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What is killed.
enum Victim {
  /// The program's JVM; its database server ends with it.
  PROGRAM,
  /// The database server's first process.
  DATABASE,
  /// One of the database's sessions: the server throws out all others and recovers.
  SESSION;

  static Victim any(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> PROGRAM;
      case 2, 3 -> DATABASE;
      default -> SESSION;
    };
  }

  /// Kills it.
  ///
  /// @return whether there was anything to kill
  boolean kill(Program program, Path dataFolder, SplittableRandom random)
      throws IOException, InterruptedException {
    return switch (this) {
      case PROGRAM -> {
        program.kill();
        yield true;
      }
      case DATABASE -> signal(postmaster(dataFolder));
      case SESSION -> {
        List<Long> sessions = sessions(postmaster(dataFolder));
        yield !sessions.isEmpty() && signal(sessions.get(random.nextInt(sessions.size())));
      }
    };
  }

  /// @return 0 when no server runs on the folder; a dead server's number may be another program's
  private static long postmaster(Path dataFolder) throws IOException {
    Path cluster = dataFolder.resolve("postgres").resolve("cluster");
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return 0;
    }
    long process = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    Path command = Path.of("/proc/" + process + "/cmdline");
    return Files.exists(command) && Files.readString(command).contains(cluster.toString())
        ? process
        : 0;
  }

  private static List<Long> sessions(long postmaster) {
    return ProcessHandle.of(postmaster).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .filter(Victim::isSession)
        .toList();
  }

  /// Sessions name user and database in their title.
  private static boolean isSession(long process) {
    try {
      return Files.readString(Path.of("/proc/" + process + "/cmdline"))
          .startsWith("postgres: entrepot entrepot");
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }

  /// By the system's own command: Java sends no signals to processes it did not start.
  private static boolean signal(long process) throws IOException, InterruptedException {
    if (process == 0) {
      return false;
    }
    Process kill =
        new ProcessBuilder("kill", "-KILL", String.valueOf(process))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0;
  }
}
