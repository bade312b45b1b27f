package dev.entrepot.flow.runs;

import dev.entrepot.flow.TenantDatabase;
import dev.entrepot.flow.budgets.Budgets;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import java.time.Clock;

/// What all runs of a node share.
record Engine(
    TenantDatabase tenants,
    Leases leases,
    Ledger ledger,
    DeadLetters letters,
    Budgets budgets,
    FlowSpecs specs,
    RunObserver observer,
    Clock clock,
    RunStore runs,
    RecordStore records,
    KnownStore known,
    AccountStore accounts,
    CallStore calls,
    RejectedStore rejected) {

  static Engine of(
      Database database, Leases leases, FlowSpecs specs, RunObserver observer, Clock clock) {
    return new Engine(
        new TenantDatabase(database),
        leases,
        new Ledger(database),
        new DeadLetters(database),
        new Budgets(database),
        specs,
        observer,
        clock,
        new RunStore(),
        new RecordStore(),
        new KnownStore(),
        new AccountStore(),
        new CallStore(),
        new RejectedStore());
  }
}
