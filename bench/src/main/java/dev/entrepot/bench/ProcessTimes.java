package dev.entrepot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The processor time of a process, in seconds, as Linux keeps it (`proc_pid_stat(5)`).
///
/// @param own its own
/// @param reaped that of its children that ended
public record ProcessTimes(double own, double reaped) {
  /// `sysconf(_SC_CLK_TCK)`, the same on every Linux.
  private static final double TICKS_PER_SECOND = 100;

  public static ProcessTimes of(long process) throws IOException {
    return read(Path.of("/proc/" + process + "/stat"));
  }

  public static ProcessTimes ofSelf() throws IOException {
    return read(Path.of("/proc/self/stat"));
  }

  private static ProcessTimes read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return new ProcessTimes(0, 0); // it has ended, and its parent has its time
    }
    // The name in parentheses may hold anything; field 3 follows it.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessTimes(
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND,
        (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND);
  }

  public double withReapedChildren() {
    return own + reaped;
  }
}
