package dev.entrepot.cli.catalogue;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import java.math.BigDecimal;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `entrepot rate …`.
@Command(
    name = "rate",
    description = "Exchange rates, by which prices become the catalogue's own currency.",
    footer = {"Examples:", "  entrepot rate set EUR USD 1.0842"})
public final class RateCommand {
  private final Session session;

  public RateCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists the rates.")
  int list() {
    JsonNode rates = session.ask(api -> api.get(Query.of("/rates")));
    return new Listing()
        .text("FROM", "source")
        .text("TO", "target")
        .number("RATE", rate -> Values.text(rate, "rate"))
        .time("SET AT", "updated_at")
        .print(session, rates, "no exchange rates; set one with: entrepot rate set EUR USD 1.0842");
  }

  @Command(name = "set", description = "Sets or replaces a rate.")
  int set(
      @Parameters(paramLabel = "FROM", description = "ISO 4217 code, for example EUR.")
          String source,
      @Parameters(paramLabel = "TO", description = "ISO 4217 code.") String target,
      @Parameters(paramLabel = "RATE", description = "How many TO one FROM buys.")
          BigDecimal rate) {
    JsonNode set =
        session.ask(api -> api.put(pair(source, target), Api.object().put("rate", rate)));
    session.printDone(
        set,
        "1 %s = %s %s"
            .formatted(
                source.toUpperCase(Locale.ROOT),
                rate.toPlainString(),
                target.toUpperCase(Locale.ROOT)));
    return 0;
  }

  @Command(name = "remove", description = "Removes a rate.")
  int remove(
      @Parameters(paramLabel = "FROM", description = "ISO 4217 code.") String source,
      @Parameters(paramLabel = "TO", description = "ISO 4217 code.") String target) {
    JsonNode removed = session.ask(api -> api.delete(pair(source, target)));
    session.printDone(removed, "rate removed");
    return 0;
  }

  private static Query pair(String source, String target) {
    return Query.of("/rates")
        .segment(source.toUpperCase(Locale.ROOT))
        .segment(target.toUpperCase(Locale.ROOT));
  }
}
