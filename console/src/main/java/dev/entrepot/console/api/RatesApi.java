package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.catalogue.Catalogue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exchange rates.
public final class RatesApi {
  private static final Access READ = Access.needs(Permission.READ_RATES);
  private static final Access WRITE = Access.needs(Permission.WRITE_RATES);

  private record NewRate(BigDecimal rate) {}

  /// @param currency the currency of the catalogue's prices
  private record Rates(String currency, List<Catalogue.Rate> items, @Nullable String next) {}

  private final Catalogue catalogue;

  public RatesApi(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/rates"), "listRates", READ, this::list),
        Route.put(ApiPath.of("/rates/{source}/{target}"), "setRate", WRITE, this::set),
        Route.delete(ApiPath.of("/rates/{source}/{target}"), "removeRate", WRITE, this::remove));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(new Rates(catalogue.currency(), catalogue.rates(), null));
  }

  private Answer set(Exchange exchange) {
    String source = exchange.variable("source");
    String target = exchange.variable("target");
    catalogue.setRate(
        exchange.principal().actor(), source, target, exchange.json(NewRate.class).rate());
    return Answer.json(
        catalogue.rates().stream()
            .filter(rate -> rate.source().equals(source) && rate.target().equals(target))
            .findFirst()
            .orElseThrow(() ->
                ProblemException.notFound(
                    "the rate from " + source + " to " + target + " was removed meanwhile")));
  }

  private Answer remove(Exchange exchange) {
    catalogue.removeRate(
        exchange.principal().actor(), exchange.variable("source"), exchange.variable("target"));
    return Answer.done();
  }
}
