package dev.entrepot.onboarding.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The exchange rates as they were at one moment. Immutable.
public final class RateTable {
  /// Prices are kept with this many decimals at most, whatever the currency.
  private static final int PRICE_DECIMALS = 2;

  /// How prices of one currency become prices of another: exact, until the result is rounded.
  ///
  /// @param source the currency prices come in
  /// @param target the currency they go to
  /// @param multiplier prices are multiplied by this
  /// @param divisor and then divided by this
  public record Conversion(
      Currency source, Currency target, BigDecimal multiplier, BigDecimal divisor) {

    /// The price in the target's currency, rounded half up to its usual decimals, two at most. A
    /// price already in the target's currency is given back as it is.
    public BigDecimal convert(BigDecimal price) {
      if (source.equals(target)) {
        return price;
      }
      int decimals = Math.clamp(target.getDefaultFractionDigits(), 0, PRICE_DECIMALS);
      return price.multiply(multiplier).divide(divisor, decimals, RoundingMode.HALF_UP);
    }
  }

  private record Pair(String source, String target) {}

  /// One step from a currency to another: along a rate, or against one.
  private record Step(BigDecimal multiplier, BigDecimal divisor, boolean inverse) {}

  private final Map<Pair, BigDecimal> rates = new HashMap<>();
  private final TreeSet<String> currencies = new TreeSet<>();

  public RateTable(List<Catalogue.Rate> rates) {
    for (Catalogue.Rate rate : rates) {
      this.rates.put(new Pair(rate.source(), rate.target()), rate.rate());
      currencies.add(rate.source());
      currencies.add(rate.target());
    }
  }

  /// The way from one currency to another: by the rate between them; else by the rate the other way
  /// round; else through one third currency, preferring rates over inverted ones, then the
  /// alphabet.
  ///
  /// @return empty when no rates lead there
  public Optional<Conversion> conversion(Currency source, Currency target) {
    String from = source.getCurrencyCode();
    String to = target.getCurrencyCode();
    if (from.equals(to)) {
      return Optional.of(new Conversion(source, target, BigDecimal.ONE, BigDecimal.ONE));
    }
    return step(from, to)
        .or(() -> throughThird(from, to))
        .map(step -> new Conversion(source, target, step.multiplier(), step.divisor()));
  }

  private Optional<Step> throughThird(String from, String to) {
    record Way(String third, Step first, Step second) {
      int inverses() {
        return (first.inverse() ? 1 : 0) + (second.inverse() ? 1 : 0);
      }
    }
    return currencies.stream()
        .<Way>flatMap(third ->
            step(from, third)
                .flatMap(first -> step(third, to).map(second -> new Way(third, first, second)))
                .stream())
        .min(Comparator.comparingInt(Way::inverses).thenComparing(Way::third))
        .map(way ->
            new Step(
                way.first().multiplier().multiply(way.second().multiplier()),
                way.first().divisor().multiply(way.second().divisor()),
                way.inverses() > 0));
  }

  private Optional<Step> step(String from, String to) {
    BigDecimal along = rates.get(new Pair(from, to));
    if (along != null) {
      return Optional.of(new Step(along, BigDecimal.ONE, false));
    }
    BigDecimal against = rates.get(new Pair(to, from));
    return against == null
        ? Optional.empty()
        : Optional.of(new Step(BigDecimal.ONE, against, true));
  }
}
