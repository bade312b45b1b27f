package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of destinations have in common: a simulated system, an account of it that is open,
/// and items to write.
abstract class DestinationBench extends RemoteContract {
  // Many small calls are as good as few large ones to see what a limit does.
  static final int SEVERAL = 3;

  private @Nullable DestinationHarness running;
  private @Nullable RecordDestination opened;

  protected abstract RecordDestinationFactory factory();

  /// A simulated system of its own for a test.
  protected abstract DestinationHarness start();

  @BeforeEach
  final void begin() {
    renew();
    running = start();
  }

  @AfterEach
  final void end() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
    harness().close();
  }

  final DestinationHarness harness() {
    return Objects.requireNonNull(running);
  }

  final Map<String, String> values() {
    return filled(factory().settings(), harness().settings());
  }

  final List<CredentialField> known() {
    return factory().credentials();
  }

  final Set<String> secrets() {
    return secrets(known(), harness().credentials());
  }

  final List<Step> steps() {
    return factory().steps(values());
  }

  final RecordDestination open(Map<String, String> settings, Fields credentials) {
    if (opened != null) {
      opened.close();
    }
    opened = factory().open(settings, credentials, context());
    return opened;
  }

  final RecordDestination open() {
    return open(values(), harness().credentials());
  }

  /// The step's part of items of these numbers.
  final List<Write> writes(Step step, Write.Kind kind, int version, IntStream numbers) {
    return numbers.mapToObj(number -> write(step, kind, harness().item(number, version))).toList();
  }

  final Write write(Step step, Write.Kind kind, Fields item) {
    Fields part =
        step.part()
            .apply(item)
            .orElseThrow(
                () -> new AssertionError("step " + step.name() + " has no part of " + item));
    return new Write(kind, harness().key(item), part, part.values().keySet());
  }

  final List<Write> writes(Step step, Write.Kind kind, int version, int count) {
    return writes(step, kind, version, IntStream.range(0, count));
  }

  /// The results, one for each.
  static List<WriteResult> results(WriteAnswer answer, int count) {
    return switch (answer) {
      case WriteAnswer.Each each -> {
        assertThat(each.results()).as("a result for each").hasSize(count);
        yield each.results();
      }
      case WriteAnswer.Whole whole -> Collections.nCopies(count, whole.result());
    };
  }

  static void accepted(RecordDestination destination, Step step, List<Write> writes)
      throws InterruptedException {
    assertThat(results(destination.write(step.name(), writes), writes.size()))
        .as("step %s", step.name())
        .allMatch(WriteResult.Accepted.class::isInstance);
  }

  /// Writes what must be there before a step can be done.
  final void prepare(RecordDestination destination, Step until, int count)
      throws InterruptedException {
    for (Step step : steps()) {
      if (step.name().equals(until.name())) {
        return;
      }
      for (int from = 0; from < count; from += step.limit()) {
        IntStream numbers = IntStream.range(from, Math.min(count, from + step.limit()));
        accepted(destination, step, writes(step, Write.Kind.CREATE, 1, numbers));
      }
    }
  }

  static List<String> keys(List<Write> writes) {
    return writes.stream().map(Write::key).toList();
  }

  /// Whether a destination that can be asked holds exactly this.
  static void holds(RecordDestination destination, Step step, List<Write> writes)
      throws InterruptedException {
    if (destination instanceof Lookup lookup) {
      Map<String, Fields> held = lookup.find(step.name(), keys(writes));
      assertThat(held).hasSize(writes.size());
      for (Write write : writes) {
        assertThat(held).containsEntry(write.key(), write.fields());
      }
    }
  }

  static void rejected(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Rejected.class);
    WriteResult.Rejected rejected = (WriteResult.Rejected) result;
    assertThat(rejected.code()).matches("[A-Z0-9_]+");
    assertThat(rejected.reason()).isNotBlank();
  }

  static Stream<Integer> sizes() {
    return Stream.of(1, SEVERAL);
  }
}
