package dev.entrepot.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory in bytes.
///
/// @param heapUsedMost the sum of the most that each part of the heap ever held: at least what was
///   ever used at a time
/// @param residentMost the most that was ever resident
public record Memory(long heapUsedMost, long residentMost) {
  public static Memory ofThisProcess() throws IOException {
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += pool.getPeakUsage().getUsed();
      }
    }
    return new Memory(heap, status(ProcessHandle.current().pid(), "VmHWM"));
  }

  /// The memory that a process holds now, without what it shares with a file.
  public static long residentNow(long process) throws IOException {
    return status(process, "VmRSS");
  }

  private static long status(long process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElse(0);
  }
}
