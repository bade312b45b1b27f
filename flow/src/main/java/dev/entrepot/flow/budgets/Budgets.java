package dev.entrepot.flow.budgets;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.storage.Database;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The budgets of all accounts. Those with a limit are counted in the database, by the server's
/// clock, so that all nodes together keep to it. Safe for use by many threads.
public final class Budgets {
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
}
