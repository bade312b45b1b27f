package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Figures of the latest days.
public final class FiguresApi {
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 366;

  private final Uploads uploads;
  private final Clock clock;

  public FiguresApi(Uploads uploads, Clock clock) {
    this.uploads = uploads;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            ApiPath.of("/overview"),
            "getOverview",
            Access.needs(Permission.READ_FIGURES),
            this::overview));
  }

  private Answer overview(Exchange exchange) {
    int days = exchange.integer("days", DAYS, 1, MOST_DAYS);
    return Answer.json(
        uploads.figures(Tenancy.vendor(exchange), clock.instant().minus(Duration.ofDays(days))));
  }
}
