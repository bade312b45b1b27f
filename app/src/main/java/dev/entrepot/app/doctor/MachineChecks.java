package dev.entrepot.app.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// What the machine itself must have.
final class MachineChecks {
  private static final long MEGABYTE = 1_000_000;
  private static final long ENOUGH_MEMORY = 700 * MEGABYTE;
  private static final long ENOUGH_DISK = 2_000 * MEGABYTE;
  private static final long BARE_DISK = 300 * MEGABYTE;
  private static final int NEEDED_JAVA = 25;
  private static final Instant THIS_PROGRAM_IS_YOUNGER =
      LocalDate.of(2026, 11, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

  private MachineChecks() {}

  static Finding java() {
    int version = Runtime.version().feature();
    String shown =
        "Java " + Runtime.version() + " in " + System.getProperty("java.home", "an unknown folder");
    return version >= NEEDED_JAVA
        ? Finding.ok("Java", shown)
        : Finding.fail(
            "Java", shown + "; start with ./entrepot, which finds or asks for Java " + NEEDED_JAVA);
  }

  static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine)) {
      return Finding.warn("memory", "this Java cannot say how much memory the machine has");
    }
    long total = machine.getTotalMemorySize();
    String shown =
        String.format(
            Locale.ROOT,
            "%,d MB in the machine, %,d MB for the Java heap",
            total / MEGABYTE,
            heap / MEGABYTE);
    return total >= ENOUGH_MEMORY
        ? Finding.ok("memory", shown)
        : Finding.warn(
            "memory",
            shown
                + "; with PostgreSQL beside it, Entrepot wants "
                + ENOUGH_MEMORY / MEGABYTE
                + " MB");
  }

  static Finding dataFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      Path trial = Files.createTempFile(folder, "doctor", ".tmp");
      Files.delete(trial);
      return Finding.ok("data folder", folder + " can be written");
    } catch (IOException e) {
      return Finding.fail(
          "data folder",
          folder
              + " cannot be written ("
              + e
              + "); give yourself the right to, or name another with --data");
    }
  }

  static Finding disk(Path folder) {
    try {
      FileStore store = Files.getFileStore(existing(folder));
      long free = store.getUsableSpace();
      String shown = String.format(Locale.ROOT, "%,d MB free on %s", free / MEGABYTE, store);
      if (free < BARE_DISK) {
        return Finding.fail(
            "disk", shown + "; free some space, or name a folder elsewhere with --data");
      }
      return free < ENOUGH_DISK
          ? Finding.warn("disk", shown + "; uploads and PostgreSQL will need more before long")
          : Finding.ok("disk", shown);
    } catch (IOException e) {
      return Finding.warn("disk", "the free space of " + folder + " cannot be found: " + e);
    }
  }

  static Finding encoding() {
    String names = System.getProperty("sun.jnu.encoding", "");
    boolean utf8 =
        Charset.isSupported(names) && Charset.forName(names).equals(StandardCharsets.UTF_8);
    return utf8
        ? Finding.ok("locale", "file names and output are UTF-8")
        : Finding.warn(
            "locale",
            "file names are read as \""
                + names
                + "\"; those with other letters cannot be opened. Set LC_ALL=C.UTF-8");
  }

  static Finding clock(Clock clock) {
    Instant now = clock.instant();
    return now.isBefore(THIS_PROGRAM_IS_YOUNGER)
        ? Finding.fail(
            "clock",
            now
                + " is before this program was written; set the machine's clock, for example by NTP")
        : Finding.ok(
            "clock", now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ", in no way absurd");
  }

  /// How the database's clock and ours agree: a large difference confuses whoever reads the log.
  static Finding clocks(Duration difference) {
    return difference.abs().compareTo(Duration.ofSeconds(5)) > 0
        ? Finding.warn(
            "clocks",
            "the database's clock differs from this machine's by "
                + difference.abs().toSeconds()
                + " s; synchronise both, for example by NTP")
        : Finding.ok("clocks", "the database's clock and this machine's agree");
  }

  private static Path existing(Path folder) {
    Path found = folder.toAbsolutePath();
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
