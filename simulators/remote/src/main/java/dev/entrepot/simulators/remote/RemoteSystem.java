package dev.entrepot.simulators.remote;

import java.util.List;
import java.util.Optional;

/// What a simulated system answers; [RemoteServer] does the rest: HTTP, limits, faults, log, page.
/// Called by many threads at the same time.
public interface RemoteSystem {

  /// Its name on the page.
  String title();

  /// Whose credentials a call carries; empty: 401.
  Optional<String> tenant(Call call);

  Routes routes();

  /// What it holds.
  List<? extends Holding> holdings();

  /// The path that routes, faults and counts know a call by. A system whose services have base
  /// paths of their own takes them off.
  ///
  /// @throws Refusal when no service has such a path
  default String path(String raw) {
    return raw;
  }

  /// An error in the system's own shape.
  default Reply error(Call call, Refusal refusal) {
    return Reply.error(refusal.status(), refusal.code(), refusal.reason());
  }

  /// What a person may do to it from outside, all below `/_`: without credentials, limit, faults.
  default Routes operations() {
    return Routes.none();
  }
}
