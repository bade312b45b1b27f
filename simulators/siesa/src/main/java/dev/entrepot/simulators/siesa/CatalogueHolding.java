package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.EffectCounts;
import dev.entrepot.simulators.remote.HeldThing;
import dev.entrepot.simulators.remote.Holding;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The products of all tenants, to be looked at. Effects are changes made in Siesa itself.
record CatalogueHolding(Map<String, SiesaCatalogue> catalogues) implements Holding {

  @Override
  public String name() {
    return "products";
  }

  @Override
  public long size() {
    return catalogues.values().stream().mapToLong(SiesaCatalogue::size).sum();
  }

  @Override
  public EffectCounts effects() {
    return catalogues.values().stream()
        .map(SiesaCatalogue::effects)
        .reduce(
            new EffectCounts(0, 0, 0),
            (a, b) ->
                new EffectCounts(
                    a.created() + b.created(),
                    a.updated() + b.updated(),
                    a.unchanged() + b.unchanged()));
  }

  @Override
  public Stream<HeldThing> things() {
    return catalogues.entrySet().stream()
        .flatMap(entry -> things(entry.getKey(), entry.getValue()));
  }

  private static Stream<HeldThing> things(String tenant, SiesaCatalogue catalogue) {
    var products = catalogue.all();
    var versions = catalogue.versions();
    return IntStream.range(0, Math.min(products.size(), versions.size()))
        .mapToObj(i ->
            new HeldThing(
                tenant,
                products.get(i).code(),
                versions.get(i),
                Rows.row(products.get(i), Oddities.none())));
  }
}
