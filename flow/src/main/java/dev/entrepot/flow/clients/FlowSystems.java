package dev.entrepot.flow.clients;

import dev.entrepot.flow.mapping.KnownFields;
import dev.entrepot.flow.mapping.StarterMapping;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The kinds of systems there are. Immutable; safe for use by many threads.
public final class FlowSystems {
  // By what becomes of it, a destination shows whether it takes fields that it does not name.
  private static final String STRANGER = "entrepot_stranger";
  private static final Fields STRANGE = new Fields(Map.of(STRANGER, "x"));

  private final Map<String, RecordSourceFactory> sources = new TreeMap<>();
  private final Map<String, RecordDestinationFactory> destinations = new TreeMap<>();

  public FlowSystems(
      Iterable<RecordSourceFactory> sources, Iterable<RecordDestinationFactory> destinations) {
    sources.forEach(factory -> this.sources.put(factory.kind(), factory));
    destinations.forEach(factory -> this.destinations.put(factory.kind(), factory));
  }

  /// All connectors on the class path.
  public static FlowSystems onClassPath() {
    return new FlowSystems(
        ServiceLoader.load(RecordSourceFactory.class),
        ServiceLoader.load(RecordDestinationFactory.class));
  }

  /// These and more sources.
  public FlowSystems and(List<? extends RecordSourceFactory> more) {
    List<RecordSourceFactory> all = new ArrayList<>(sources.values());
    all.addAll(more);
    return new FlowSystems(all, destinations.values());
  }

  public Optional<RecordSourceFactory> source(String kind) {
    return Optional.ofNullable(sources.get(kind));
  }

  public Optional<RecordDestinationFactory> destination(String kind) {
    return Optional.ofNullable(destinations.get(kind));
  }

  public Set<String> sourceKinds() {
    return Set.copyOf(sources.keySet());
  }

  /// What `product_type` may be, in order.
  public List<String> productTypes() {
    return List.copyOf(destinations.keySet());
  }

  /// All kinds that have credentials, in order.
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>(sources.keySet());
    kinds.addAll(destinations.keySet());
    kinds.removeIf(this::open);
    return kinds;
  }

  /// Whether a kind needs no credentials at all.
  public boolean open(String kind) {
    return credentials(kind).filter(List::isEmpty).isPresent();
  }

  /// What a kind's credentials hold; nothing: there is no such kind.
  public Optional<List<CredentialField>> credentials(String kind) {
    RecordSourceFactory source = sources.get(kind);
    return source != null
        ? Optional.of(source.credentials())
        : destination(kind).map(RecordDestinationFactory::credentials);
  }

  /// What both sides of a client are known to have; less when a kind is unknown.
  public KnownFields fields(ClientConfig.Side from, ClientConfig.Side to) {
    List<FieldSpec> read =
        source(from.kind())
            .map(factory -> factory.fields(complete(factory.settings(), from.settings())))
            .orElse(List.of());
    return destination(to.kind())
        .map(factory -> known(read, factory, complete(factory.settings(), to.settings())))
        .orElseGet(() -> new KnownFields(read, List.of()));
  }

  /// The fields of a destination with its usual settings, for mappings that no client uses yet.
  public KnownFields fields(String productType) {
    return destination(productType)
        .map(factory -> known(List.of(), factory, complete(factory.settings(), Map.of())))
        .orElse(KnownFields.NONE);
  }

  private static KnownFields known(
      List<FieldSpec> read, RecordDestinationFactory factory, Map<String, String> settings) {
    boolean taken =
        factory.steps(settings).stream()
            .anyMatch(
                step -> step.part().apply(STRANGE).filter(part -> part.has(STRANGER)).isPresent());
    return new KnownFields(
        read,
        factory.fields(settings),
        taken ? KnownFields.Others.TAKEN : KnownFields.Others.LEFT_OUT);
  }

  /// Mappings to begin with, one for each pair of systems, by product type.
  public List<StarterMapping> starters() {
    return destinations.keySet().stream()
        .flatMap(product -> sources.keySet().stream().map(source -> starter(source, product)))
        .toList();
  }

  /// A mapping to begin with; an empty one when a kind is unknown.
  public StarterMapping starter(String source, String product) {
    return StarterMapping.of(
        fields(
            new ClientConfig.Side(source, "", "", Map.of()),
            new ClientConfig.Side(product, "", "", Map.of())),
        source,
        product);
  }

  /// Settings with their fallbacks filled in.
  public static Map<String, String> complete(List<SettingField> fields, Map<String, String> given) {
    Map<String, String> complete = new TreeMap<>(given);
    for (SettingField field : fields) {
      if (field.fallback() != null) {
        complete.putIfAbsent(field.name(), field.fallback());
      }
    }
    return complete;
  }
}
