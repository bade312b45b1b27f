package dev.entrepot.bench.syncparts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// How a measured program is told what to do: it says READY, runs once for each line that comes in,
/// which names the account, says how long that took, and ends with its input.
public final class SyncProgram {
  public static final String READY = "READY";
  public static final String DONE = "DONE ";

  private SyncProgram() {}

  /// @throws Exception what the task throws
  public static void obey(SyncTask task) throws Exception {
    try (task;
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      say(READY);
      long number = 0;
      for (String account = input.readLine(); account != null; account = input.readLine()) {
        number++;
        long start = System.nanoTime();
        task.run(number, account);
        say(DONE + String.format(Locale.ROOT, "%.6f", (System.nanoTime() - start) / 1e9));
      }
    } catch (IOException e) {
      throw new IllegalStateException("nobody says what to do any more", e);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
