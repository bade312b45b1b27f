package dev.entrepot.simulators.remote;

import java.time.Clock;

/// How a simulated system is served.
///
/// @param port on 127.0.0.1; 0: any that is free
/// @param limit of calls for every tenant
/// @param logged how many of the last calls are kept
/// @param clock by which limits and changes go
public record RemoteSettings(int port, RateLimit limit, int logged, Clock clock) {
  public RemoteSettings {
    if (logged < 1) {
      throw new IllegalArgumentException("at least one call is logged, not " + logged);
    }
  }

  /// Any free port, 100 calls in a minute, the last 1,000 calls, the machine's clock.
  public static RemoteSettings usual() {
    return new RemoteSettings(0, RateLimit.usual(), 1000, Clock.systemUTC());
  }

  /// Any free port, as many calls as can be made.
  public static RemoteSettings unlimited() {
    return usual().limit(RateLimit.none());
  }

  public RemoteSettings port(int other) {
    return new RemoteSettings(other, limit, logged, clock);
  }

  public RemoteSettings limit(RateLimit other) {
    return new RemoteSettings(port, other, logged, clock);
  }

  public RemoteSettings clock(Clock other) {
    return new RemoteSettings(port, limit, logged, other);
  }
}
