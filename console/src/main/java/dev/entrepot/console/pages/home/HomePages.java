package dev.entrepot.console.pages.home;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.flows.SyncSummary;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.uploads.RefusedFilePages;
import dev.entrepot.console.pages.uploads.UploadForms;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What is seen first: the supplier's portal, the operator's overview.
public final class HomePages {
  private static final int RECENT = 8;
  private static final Duration LOOK_BACK = Duration.ofDays(29);

  private final Shell shell;
  private final Onboarding onboarding;
  private final SyncSummary sync;
  private final Clock clock;
  private final Portal portal;
  private final Overview overview;

  public HomePages(Shell shell, Onboarding onboarding, SyncSummary sync, Clock clock) {
    this.shell = shell;
    this.onboarding = onboarding;
    this.sync = sync;
    this.clock = clock;
    this.portal = new Portal(new UploadForms(onboarding.vendors()));
    this.overview = new Overview();
  }

  public List<Route> routes() {
    return List.of(Route.get("/", "pages.home", Access.authenticated(), this::show));
  }

  private Answer show(Exchange exchange) {
    Principal principal = exchange.principal();
    Instant since = clock.instant().minus(LOOK_BACK).truncatedTo(ChronoUnit.DAYS);
    Uploads.Figures figures = onboarding.uploads().figures(principal.vendor(), since);
    List<Upload> recent =
        onboarding.uploads().list(Uploads.Query.of(principal.vendor()), null, RECENT).items();
    return shell.show(
        exchange,
        principal.vendor() == null
            ? overview.page(
                principal,
                figures,
                recent,
                RefusedFilePages.message(principal, onboarding.refusedFiles()).stream().toList(),
                sync.part(principal, clock.instant()).stream().toList(),
                clock.instant())
            : portal.page(principal, figures, recent));
  }
}
