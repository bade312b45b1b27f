package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.EffectCounts;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The products of one tenant, in the order they came. One that goes is usually deactivated; it can
/// also be removed, and those behind it move forward. Safe for many threads.
public final class SiesaCatalogue {

  /// What was asked for last: the next page asks for the same.
  private record Since(Instant since, List<SiesaProduct> products) {}

  private final Clock clock;
  private final List<SiesaProduct> products = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private @Nullable List<SiesaProduct> copy;
  private @Nullable Since last;
  private long created;
  private long updated;
  private long unchanged;

  SiesaCatalogue(Clock clock) {
    this.clock = clock;
  }

  /// Takes over products as they are, their times too, at the end.
  ///
  /// @throws IllegalArgumentException when there is one with such a code
  public synchronized void load(Collection<SiesaProduct> more) {
    forget();
    for (var product : more) {
      if (places.putIfAbsent(product.code(), products.size()) != null) {
        throw new IllegalArgumentException("there is a product " + product.code() + " already");
      }
      products.add(product);
      versions.add(1L);
      created++;
    }
  }

  /// Adds a product at the end, modified now.
  public synchronized void add(SiesaProduct product) {
    load(List.of(product.modified(clock.instant())));
  }

  /// Changes a product, which is modified now even when nothing of it has changed.
  ///
  /// @throws IllegalArgumentException when there is none with this code
  public synchronized void change(String code, UnaryOperator<SiesaProduct> change) {
    Integer place = places.get(code);
    if (place == null) {
      throw new IllegalArgumentException("there is no product " + code);
    }
    var before = products.get(place);
    var after = change.apply(before);
    if (!after.code().equals(code)) {
      throw new IllegalArgumentException("the code of product " + code + " cannot change");
    }
    if (after.modified(before.modified()).equals(before)) {
      unchanged++;
    } else {
      updated++;
      versions.set(place, versions.get(place) + 1);
    }
    forget();
    products.set(place, after.modified(clock.instant()));
  }

  /// Takes a product away; those behind it move forward.
  ///
  /// @throws IllegalArgumentException when there is none with this code
  public synchronized void remove(String code) {
    Integer place = places.remove(code);
    if (place == null) {
      throw new IllegalArgumentException("there is no product " + code);
    }
    products.remove((int) place);
    versions.remove((int) place);
    places.replaceAll((_, other) -> other > place ? other - 1 : other);
    updated++;
    forget();
  }

  /// Moves the time of modification, and nothing else.
  public void touch(String code) {
    change(code, product -> product);
  }

  public void deactivate(String code) {
    change(code, product -> product.active(false));
  }

  /// Sells one each of so many products, in turn from the first on; what is sold out is passed
  /// over.
  public void sell(int count) {
    all().stream()
        .filter(SiesaCatalogue::inStock)
        .limit(count)
        .forEach(product ->
            change(
                product.code(),
                one -> inStock(one) ? one.quantity(stock(one).subtract(BigDecimal.ONE)) : one));
  }

  private static boolean inStock(SiesaProduct product) {
    return stock(product).compareTo(BigDecimal.ONE) >= 0;
  }

  private static BigDecimal stock(SiesaProduct product) {
    return Optional.ofNullable(product.quantity()).orElse(BigDecimal.ZERO);
  }

  public synchronized Optional<SiesaProduct> find(String code) {
    return Optional.ofNullable(places.get(code)).map(products::get);
  }

  public synchronized int size() {
    return products.size();
  }

  /// All products as they are now.
  public synchronized List<SiesaProduct> all() {
    if (copy == null) {
      copy = List.copyOf(products);
    }
    return copy;
  }

  synchronized List<Long> versions() {
    return List.copyOf(versions);
  }

  /// Those that were modified at this time or later; null: all.
  synchronized List<SiesaProduct> since(@Nullable Instant since) {
    if (since == null) {
      return all();
    }
    var known = last;
    if (known == null || !known.since().equals(since)) {
      known =
          new Since(
              since,
              products.stream().filter(product -> !product.modified().isBefore(since)).toList());
      last = known;
    }
    return known.products();
  }

  private void forget() {
    copy = null;
    last = null;
  }

  synchronized EffectCounts effects() {
    return new EffectCounts(created, updated, unchanged);
  }
}
