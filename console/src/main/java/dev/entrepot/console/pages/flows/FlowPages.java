package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// All pages of the sync.
public final class FlowPages {
  private final List<Route> routes;

  public FlowPages(Shell shell, Flows flows, Clock clock) {
    List<Route> all = new ArrayList<>();
    all.addAll(new ClientListPage(shell, flows).routes());
    all.addAll(new ClientEditPages(shell, flows, clock).routes());
    all.addAll(new ClientPage(shell, flows, clock).routes());
    all.addAll(new OutstandingPage(shell, flows, clock).routes());
    all.addAll(new MappingListPage(shell, flows, clock).routes());
    all.addAll(new NewMappingPage(shell, flows).routes());
    all.addAll(new StudioPage(shell, flows).routes());
    all.addAll(new RunListPage(shell, flows, clock).routes());
    RunPage run = new RunPage(shell, flows, clock);
    all.addAll(run.routes());
    all.addAll(new RunRecordPages(shell, flows, run).routes());
    all.addAll(new RunExchangePages(shell, flows, run).routes());
    all.addAll(new ImportPage(shell, flows).routes());
    all.addAll(new WorkspacePage(shell, flows).routes());
    all.addAll(new RevisionPages(shell, flows).routes());
    this.routes = List.copyOf(all);
  }

  public List<Route> routes() {
    return routes;
  }
}
