package dev.entrepot.kit.remote;

import dev.entrepot.spi.remote.RemoteContext;
import java.util.concurrent.ConcurrentHashMap;

/// The accounts that a connector's factory has opened: all clients of one account and the same
/// settings share its connections and its circuit breaker, which stays when all are closed. Safe
/// for use by many threads.
public final class RemoteAccounts {

  private record Key(String account, RemoteSettings settings) {}

  private final ConcurrentHashMap<Key, SharedAccount> accounts = new ConcurrentHashMap<>();

  /// A client; calls nobody yet. To be closed.
  public RemoteClient open(RemoteParty party, RemoteSettings settings, RemoteContext context) {
    SharedAccount account =
        accounts.computeIfAbsent(
            new Key(context.account(), settings), key -> new SharedAccount(key.settings()));
    return new RemoteClient(party, settings, account, account.join(), context);
  }
}
