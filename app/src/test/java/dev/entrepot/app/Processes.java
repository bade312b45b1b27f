package dev.entrepot.app;

import java.util.List;
import java.util.stream.Stream;

/// Programs that a test starts.
public final class Processes {
  private Processes() {}

  /// Ends a program and what it started, however a test went; returns when they are gone.
  public static void end(Process program) {
    List<ProcessHandle> all =
        Stream.concat(program.descendants(), Stream.of(program.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
