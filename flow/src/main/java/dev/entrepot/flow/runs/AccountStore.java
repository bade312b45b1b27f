package dev.entrepot.flow.runs;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Optional;

/// The table `flow_account`: of which account at a destination it is known what it holds.
final class AccountStore {
  private static final Sql FIND =
      Sql.of("select account from flow_account where tenant = ? and destination = ?");
  private static final Sql ADOPT =
      Sql.of("insert into flow_account (tenant, destination, account) values (?, ?, ?)");
  private static final Sql MOVE =
      Sql.of(
          """
          update flow_account set account = ?, since = clock_timestamp()
          where tenant = ? and destination = ?
          """);

  /// Whether what is known is of another account.
  boolean differs(Connection connection, FlowSpec spec, String account) {
    return find(connection, spec).filter(now -> !now.equals(account)).isPresent();
  }

  /// From now on, what is known is of this account.
  ///
  /// @return whether it was another one before, of which everything is forgotten
  boolean move(Connection connection, FlowSpec spec, String account, KnownStore known) {
    Optional<String> before = find(connection, spec);
    if (before.isEmpty()) {
      ADOPT.with(spec.tenant(), spec.destination(), account).updateOne(connection);
      return false;
    }
    if (before.get().equals(account)) {
      return false;
    }
    MOVE.with(account, spec.tenant(), spec.destination()).updateOne(connection);
    known.forgetAll(connection, spec.tenant(), spec.destination());
    return true;
  }

  private static Optional<String> find(Connection connection, FlowSpec spec) {
    return FIND.with(spec.tenant(), spec.destination())
        .first(connection, row -> row.text("account"));
  }
}
