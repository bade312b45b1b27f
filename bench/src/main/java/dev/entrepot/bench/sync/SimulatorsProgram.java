package dev.entrepot.bench.sync;

import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RateLimit;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Siesa and Kong, simulated, in a process of their own. Says where they are, and ends with its
/// input.
public final class SimulatorsProgram {
  static final String LISTENING = "LISTENING ";

  private SimulatorsProgram() {}

  /// @param args calls a minute for every account (0: no limit), the seed, and for each account
  ///   `name:products:first`, with the number of the first product
  public static void main(String[] args) throws IOException {
    int perMinute = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    RemoteSettings settings =
        RemoteSettings.usual()
            .limit(
                perMinute == 0
                    ? RateLimit.none()
                    : new RateLimit(perMinute, Duration.ofMinutes(1)));
    List<SiesaTenant> shops = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    List<String[]> accounts = new ArrayList<>();
    for (String account : List.of(args).subList(2, args.length)) {
      String[] parts = account.split(":", -1);
      accounts.add(parts);
      shops.add(new SiesaTenant(parts[0], SyncWorld.siesaKey(parts[0])));
      keys.put(SyncWorld.kongKey(parts[0]), parts[0]);
    }
    try (SiesaServer siesa = SiesaServer.start(settings, shops);
        KongServer kong = KongServer.start(settings, keys)) {
      for (String[] account : accounts) {
        siesa
            .products(account[0])
            .load(
                SiesaProducts.generate(
                    Integer.parseInt(account[1]), seed, Integer.parseInt(account[2])));
      }
      System.out.println(LISTENING + siesa.server().uri() + " " + kong.server().uri());
      while (System.in.read() >= 0) {
        // Nothing is said, but the end.
      }
    }
  }
}
