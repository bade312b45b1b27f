package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.RecordSource;

/// Both systems of a run, opened; each is called within its account's budget.
///
/// @param budget the destination's
record Sides(RecordSource source, RecordDestination destination, HaltingBudget budget)
    implements AutoCloseable {

  /// @throws IllegalArgumentException when settings and credentials do not fit; for people
  static Sides open(RunSession session) {
    FlowSpec spec = session.spec();
    Engine engine = session.engine();
    Budget reading =
        engine
            .budgets()
            .of(spec.tenant(), account(spec, spec.source()), spec.settings().sourceLimit());
    HaltingBudget writing =
        new HaltingBudget(
            engine
                .budgets()
                .of(
                    spec.tenant(),
                    account(spec, spec.destination()),
                    spec.settings().destinationLimit()));
    RecordSource source =
        spec.openSource().open(context(session, RunObserver.Side.SOURCE, spec.source(), reading));
    boolean opened = false;
    try {
      RecordDestination destination =
          spec.openDestination()
              .open(context(session, RunObserver.Side.DESTINATION, spec.destination(), writing));
      opened = true;
      return new Sides(source, destination, writing);
    } finally {
      if (!opened) {
        source.close();
      }
    }
  }

  private static RemoteContext context(
      RunSession session, RunObserver.Side side, String kind, Budget budget) {
    return new RemoteContext(
        account(session.spec(), kind),
        budget,
        session.exchanges().recorder(side),
        session.engine().clock());
  }

  private static String account(FlowSpec spec, String kind) {
    return spec.tenant() + "/" + kind;
  }

  @Override
  public void close() {
    destination.close();
    source.close();
  }
}
