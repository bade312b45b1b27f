package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.onboarding.notices.Notices;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// All pages of the inbox.
public final class InboxPages {
  private final List<Route> routes;

  public InboxPages(Shell shell, Inbox inbox, Notices notices, Clock clock) {
    List<Route> all = new ArrayList<>();
    all.addAll(new EventListPage(shell, inbox).routes());
    all.addAll(new EventPage(shell, inbox).routes());
    all.addAll(new ErrorPages(shell, inbox).routes());
    all.addAll(new LetterPage(shell, inbox).routes());
    all.addAll(new KeyPages(shell, inbox).routes());
    all.addAll(new ReplayPages(shell, inbox).routes());
    all.addAll(new EntityPages(shell, inbox, clock).routes());
    all.addAll(new AlertPages(shell, inbox, notices).routes());
    all.addAll(new AlertRulePages(shell, inbox).routes());
    all.addAll(new PrivacyPages(shell, inbox, clock).routes());
    all.addAll(new ConnectionListPage(shell, inbox).routes());
    all.addAll(new NewConnectionPage(shell, inbox).routes());
    all.addAll(new ConnectionPage(shell, inbox, clock).routes());
    all.addAll(new DestinationListPage(shell, inbox).routes());
    all.addAll(new DestinationPage(shell, inbox).routes());
    all.addAll(new MissedPages(shell, inbox).routes());
    all.addAll(new DeliveryPage(shell, inbox).routes());
    all.addAll(new FiguresPage(shell, inbox, clock).routes());
    this.routes = List.copyOf(all);
  }

  public List<Route> routes() {
    return routes;
  }
}
