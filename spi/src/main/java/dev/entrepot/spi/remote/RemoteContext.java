package dev.entrepot.spi.remote;

import java.time.Clock;

/// What a connector is given to call another system with.
///
/// @param account whose budget, circuit breaker and connections are shared: one tenant's account of
///   one system, such as `acme/kong`
public record RemoteContext(
    String account, Budget budget, ExchangeRecorder recorder, Clock clock) {}
