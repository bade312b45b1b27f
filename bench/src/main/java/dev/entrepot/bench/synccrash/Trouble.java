package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.sync.Simulators;
import java.io.IOException;
import java.util.Random;

/// What Siesa and Kong do wrong: answers that are lost after the call was carried out, calls that
/// are put off, errors. Only to the account that is being tried.
final class Trouble {
  private static final String LOST = "\"do\": \"cut-after\", \"method\": \"POST\"";

  private final Simulators simulators;
  private final String account;
  private final Random random;

  Trouble(Simulators simulators, String account, long seed) {
    this.simulators = simulators;
    this.account = account;
    this.random = new Random(seed ^ 0x7a0b1e);
  }

  /// Arms all of it; calls to Kong also take a while, so that there is time to kill something.
  ///
  /// @param pause of every call to Kong, in milliseconds
  void arm(int pause) throws IOException, InterruptedException {
    kong("\"do\": \"delay\", \"ms\": " + pause, 1);
    kong(LOST + ", \"path\": \"/products/bulk\"", 12 + random.nextInt(20));
    kong(LOST + ", \"path\": \"/rfid/tags\"", 12 + random.nextInt(20));
    kong(
        "\"do\": \"answer-after\", \"status\": 504, \"method\": \"POST\"", 30 + random.nextInt(20));
    kong("\"do\": \"answer\", \"status\": 429, \"retry_after\": 1", 40 + random.nextInt(20));
    kong("\"do\": \"answer\", \"status\": 503", 50 + random.nextInt(20));
    siesa("\"do\": \"answer\", \"status\": 429, \"retry_after\": 1", 9 + random.nextInt(9));
    siesa("\"do\": \"cut-before\"", 10 + random.nextInt(9));
  }

  private void kong(String fault, int every) throws IOException, InterruptedException {
    simulators.armKong(whole(fault, every));
  }

  private void siesa(String fault, int every) throws IOException, InterruptedException {
    simulators.armSiesa(whole(fault, every));
  }

  private String whole(String fault, int every) {
    int from = every == 1 ? 1 : 1 + random.nextInt(every);
    return "{%s, \"tenant\": \"%s\", \"from\": %d, \"every\": %d}"
        .formatted(fault, account, from, every);
  }
}
