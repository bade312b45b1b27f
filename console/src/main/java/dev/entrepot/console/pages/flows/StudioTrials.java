package dev.entrepot.console.pages.flows;

import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.CanonicalField;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.FieldRule;
import dev.entrepot.flow.mapping.KnownFields;
import dev.entrepot.flow.mapping.MappingCoverage;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tries mappings while they are edited: on the sample that is shown and, of a client, on records
/// of its latest runs. Safe for use by many threads.
final class StudioTrials {
  private static final int TESTED = 1_000;

  private final FlowConfig config;
  private final RunRecords records;

  StudioTrials(Flows flows) {
    this.config = flows.config();
    this.records = flows.records();
  }

  /// @param stored the mapping as it is kept
  /// @param tree as it is tried
  /// @param sample records as JSON; may be blank
  /// @param client whose records are tried, too; null: nobody's
  StudioTrial of(StoredMapping stored, ConfigTree tree, String sample, @Nullable String client) {
    List<ConfigProblem> found = config.mappings().check(tree);
    if (found.stream().anyMatch(ConfigProblem::refuses)) {
      return new StudioTrial(found, List.of(), List.of(), null, null);
    }
    CompiledMapping mapping = config.mappings().compile(tree);
    var unreadable = new ConfigProblems();
    List<Fields> shown = read(sample, unreadable);
    MappingCoverage coverage =
        MappingCoverage.of(mapping, known(stored, client), tested(stored, client, shown));
    return new StudioTrial(found, unreadable.all(), shown, mapping, coverage);
  }

  private static List<Fields> read(String sample, ConfigProblems problems) {
    List<Fields> read = new ArrayList<>();
    Object value = sample.isBlank() ? null : ConfigTree.read(sample, problems).value();
    List<?> all = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    for (Object one : all) {
      if (one instanceof Map<?, ?> map) {
        read.add(new Fields(StudioForm.map(map)));
      }
    }
    return read;
  }

  /// Each product once, of the sample first: told apart by what the kept mapping takes for its id.
  private List<Fields> tested(StoredMapping stored, @Nullable String client, List<Fields> sample) {
    List<Fields> all = new ArrayList<>(sample);
    if (client != null && config.clients().find(client).isPresent()) {
      all.addAll(records.samples(client, TESTED));
    }
    String id =
        stored.document().fields().stream()
            .filter(rule -> rule.canonical().equals(CanonicalField.ID.word()))
            .map(FieldRule::from)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    Map<Object, Fields> once = new LinkedHashMap<>();
    for (Fields one : all) {
      Object key = one.value(id);
      once.putIfAbsent(key == null ? one : key, one);
    }
    return once.values().stream().limit(TESTED).toList();
  }

  private KnownFields known(StoredMapping stored, @Nullable String client) {
    return Optional.ofNullable(client)
        .flatMap(id -> config.clients().find(id))
        .map(Client::config)
        .map(found -> config.systems().fields(found.source(), found.destination()))
        .orElseGet(() -> config.systems().fields(stored.document().productType()));
  }
}
