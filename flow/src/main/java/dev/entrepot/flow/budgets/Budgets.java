package dev.entrepot.flow.budgets;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The budgets of all accounts. Those with a limit are counted in the database, by the server's
/// clock, so that all nodes together keep to it. Safe for use by many threads.
public final class Budgets {
  private static final Sql STATE =
      Sql.of(
          """
          select coalesce(least(?, case when b.told_until > now() then b.told_calls end), 0) as allowed,
            case when b.paused_until > now() then b.paused_until end as paused,
            count(c.at)::int as used, min(c.at) + ? as free
          from flow_budget b
          left join flow_budget_call c on c.account = b.account and c.at > now() - ?
          where b.account = ?
          group by b.account
          """);

  private final Database database;

  // One thread of a node asks for an account at a time; the others queue here, in order.
  private final Map<String, ReentrantLock> queues = new ConcurrentHashMap<>();
  private final Map<String, PausedBudget> unlimited = new ConcurrentHashMap<>();

  public Budgets(Database database) {
    this.database = database;
  }

  /// The budget of an account.
  ///
  /// @param tenant whose account it is
  /// @param account its name among all tenants', such as `acme/kong`
  /// @param limit null: there is none, and nothing is asked of the database; pauses that the other
  ///   side asks for are kept on this node
  public Budget of(String tenant, String account, @Nullable RateLimit limit) {
    return limit == null
        ? unlimited.computeIfAbsent(account, name -> new PausedBudget())
        : new SharedBudget(
            database,
            tenant,
            account,
            limit,
            queues.computeIfAbsent(account, name -> new ReentrantLock(true)));
  }

  /// How much of an account's budget is left; all of it when nothing was called yet.
  public BudgetState state(String account, RateLimit limit) {
    return database
        .read(connection ->
            STATE
                .with(limit.calls(), limit.per(), limit.per(), account)
                .first(connection, row -> state(row, account, limit)))
        .orElseGet(() -> new BudgetState(account, limit, limit.calls(), null, null));
  }

  private static BudgetState state(Row row, String account, RateLimit limit) {
    int allowed = row.int4("allowed");
    int left = Math.max(0, allowed - row.int4("used"));
    return new BudgetState(
        account,
        new RateLimit(Math.max(1, allowed), limit.per()),
        left,
        left == 0 ? row.instantOrNull("free") : null,
        row.instantOrNull("paused"));
  }
}
