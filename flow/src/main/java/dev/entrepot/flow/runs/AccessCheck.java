package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.storage.Sql;
import java.util.List;

/// Asks the destination whether it lets us in, when the run had nothing else to say to it:
/// credentials that were revoked would go unnoticed for as long as nothing changes. Writes nothing
/// there.
final class AccessCheck {
  // A run whose source failed is told of that alone.
  private static final Sql SILENT =
      Sql.of(
          """
          select r.source_code is null and not exists (
              select from flow_step s where s.run = r.id and s.calls + s.lookups > 0) as silent
          from flow_run r where r.id = ?
          """);

  private final RunSession session;
  private final RecordDestination destination;

  AccessCheck(RunSession session, RecordDestination destination) {
    this.session = session;
    this.destination = destination;
  }

  /// Fails the run when it does not.
  void run() throws InterruptedException {
    if (!silent()) {
      return;
    }
    Asking asking = new Asking(session.spec().settings().retry(), "destination");
    try {
      List<String> _ = asking.answer(destination::check);
    } catch (RemoteTrouble trouble) {
      // It interrupts this thread, too; what was said is written down when the run ends.
      session.halt(
          new Halt.Failed(
              trouble.code(),
              "no call was to be made, so %s was asked whether it lets us in: %s"
                  .formatted(session.run().destination(), trouble.getMessage())));
      return;
    }
    session.settle(connection ->
        session.within(
            connection,
            tenant -> {
              session.exchanges().write(tenant);
              return session.id();
            }));
  }

  private boolean silent() {
    return session
        .engine()
        .tenants()
        .<Boolean>read(
            session.tenant(),
            tenant -> SILENT.with(session.id()).one(tenant, row -> row.bool("silent")));
  }
}
