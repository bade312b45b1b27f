package dev.entrepot.spi.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an answer says of the limit of calls; what it leaves open is null.
///
/// @param pause no call before this has passed, as `Retry-After` says
/// @param limit how many calls are allowed
/// @param per in how long
/// @param remaining how many of them are left
/// @param reset when there are as many as allowed again
public record LimitNotice(
    @Nullable Duration pause,
    @Nullable Integer limit,
    @Nullable Duration per,
    @Nullable Integer remaining,
    @Nullable Duration reset) {

  public static LimitNotice pause(Duration pause) {
    return new LimitNotice(pause, null, null, null, null);
  }
}
