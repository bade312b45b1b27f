package dev.entrepot.bench.camel;

import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.SyncProgram;
import dev.entrepot.bench.syncparts.SyncTask;
import dev.entrepot.bench.syncparts.SyncWorld;
import java.sql.Connection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/// Runs the route once each time it is asked to.
public final class CamelSync implements SyncTask {
  /// As many calls at the same time as Entrepot makes unless told otherwise.
  private static final int CALLERS = 4;

  private final HikariDataSource database;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final HttpCalls calls = new HttpCalls();
  private final DefaultCamelContext context = new DefaultCamelContext();

  private CamelSync() throws Exception {
    database = SyncWorld.database();
    try (Connection connection = database.getConnection()) {
      SentStore.create(connection);
    }
    SyncSteps steps = new SyncSteps(SyncWorld.ofEnvironment(), calls, database);
    context.addRoutes(new SyncRoute(steps, callers));
    context.start();
  }

  public static void main(String[] args) throws Exception {
    SyncProgram.obey(new CamelSync());
  }

  @Override
  public void run(long number, String account) throws Exception {
    Exchange done =
        context
            .createFluentProducerTemplate()
            .to(SyncRoute.START)
            .withProcessor(exchange -> SyncSteps.begin(exchange, number, account))
            .send();
    Exception failure = done.getException();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    context.stop();
    callers.shutdown();
    calls.close();
    database.close();
  }
}
