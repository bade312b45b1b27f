package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every destination of records must keep to. A connector's test extends this and starts a
/// simulated system; steps, limits and abilities are found out from the factory.
public abstract class RecordDestinationContract extends DestinationFaults {
  @Test
  void theFactoryIsFoundAndExplainsItself() {
    assertThat(ServiceLoader.load(RecordDestinationFactory.class))
        .as("META-INF/services must name the factory")
        .anyMatch(found -> found.getClass() == factory().getClass());
    checkDescriptions(
        factory().kind(),
        factory().title(),
        factory().settings(),
        values(),
        known(),
        factory().fields(values()));
    assertThat(factory().fields(values())).isNotEmpty();
    assertThat(steps()).isNotEmpty();
    assertThat(steps()).extracting(Step::name).doesNotHaveDuplicates();
    assertThat(steps())
        .allSatisfy(step -> {
          assertThat(step.name()).matches(NAME);
          assertThat(step.title()).isNotBlank();
        });
  }

  @Test
  void openingCallsNobodyAndNeedsTheMandatoryCredentials() {
    open();
    assertThat(harness().calls()).isZero();
    for (CredentialField field : known()) {
      if (field.mandatory() && !field.name().contains(".")) {
        Fields without = harness().credentials().with(field.name(), null);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> factory().open(values(), without, context()))
            .withMessageContaining(field.name())
            .satisfies(problem -> tellsNone(problem, secrets()));
      }
    }
  }

  @Test
  void partsArePureAndDifferWithTheVersion() {
    for (Step step : steps()) {
      Optional<Fields> one = step.part().apply(harness().item(1, 1));
      assertThat(one).as("step %s of a whole item", step.name()).isPresent();
      assertThat(step.part().apply(harness().item(1, 1))).isEqualTo(one);
      assertThat(step.part().apply(harness().item(1, 2))).isPresent().isNotEqualTo(one);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theSameAgainHasNoEffect(int count) throws InterruptedException {
    RecordDestination destination = open();
    for (int version = 1; version <= 2; version++) {
      Write.Kind kind = version == 1 ? Write.Kind.CREATE : Write.Kind.UPDATE;
      for (Step step : steps()) {
        List<Write> writes = writes(step, kind, version, count);
        long before = harness().effects();
        accepted(destination, step, writes);
        assertThat(harness().effects()).isEqualTo(before + count);
        holds(destination, step, writes);
        accepted(destination, step, writes);
        assertThat(harness().effects()).as("the same again").isEqualTo(before + count);
        holds(destination, step, writes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void whatIsThoughtToBeThereOrNotIsWrittenAllTheSame(int count) throws InterruptedException {
    RecordDestination destination = open();
    for (Step step : steps()) {
      List<Write> updates = writes(step, Write.Kind.UPDATE, 1, count);
      accepted(destination, step, updates);
      holds(destination, step, updates);
      List<Write> creates = writes(step, Write.Kind.CREATE, 2, count);
      accepted(destination, step, creates);
      holds(destination, step, creates);
    }
  }

  @Test
  void aFullCallIsOneCall() throws InterruptedException {
    RecordDestination destination = open();
    for (Step step : steps()) {
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, step.limit());
      long before = harness().calls();
      accepted(destination, step, writes);
      assertThat(harness().calls()).isEqualTo(before + 1);
      holds(destination, step, writes);
    }
  }

  @Test
  void callsThatNobodyShouldMakeAreNotMade() {
    RecordDestination destination = open();
    Step step = steps().getFirst();
    List<Write> one = writes(step, Write.Kind.CREATE, 1, 1);
    List<List<Write>> mistakes = new ArrayList<>();
    mistakes.add(writes(step, Write.Kind.CREATE, 1, step.limit() + 1));
    mistakes.add(List.of());
    if (step.limit() > 1) {
      mistakes.add(List.of(one.getFirst(), one.getFirst()));
    }
    if (!(destination instanceof Deleting)) {
      mistakes.add(
          List.of(new Write(Write.Kind.DELETE, one.getFirst().key(), Fields.EMPTY, Set.of())));
    }
    for (List<Write> mistake : mistakes) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> destination.write(step.name(), mistake));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> destination.write("no-such-step", one));
    assertThat(harness().calls()).isZero();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void rejectionsAreToldApart() throws InterruptedException {
    RecordDestination destination = open();
    Step step = steps().getFirst();
    Write bad = write(step, Write.Kind.CREATE, harness().badItem(9));
    rejected(results(destination.write(step.name(), List.of(bad)), 1).getFirst());
    List<Write> good = writes(step, Write.Kind.CREATE, 1, 2);
    List<Write> mixed = List.of(good.getFirst(), bad, good.getLast());
    switch (destination.write(step.name(), mixed)) {
      case WriteAnswer.Each each -> {
        assertThat(each.results()).hasSize(3);
        assertThat(each.results().get(0)).isInstanceOf(WriteResult.Accepted.class);
        rejected(each.results().get(1));
        assertThat(each.results().get(2)).isInstanceOf(WriteResult.Accepted.class);
        holds(destination, step, good);
      }
      case WriteAnswer.Whole(WriteResult result) -> rejected(result);
    }
    checkExchanges(secrets());
  }

  @Test
  void lookingUpFindsWhatIsThereAndNothingElse() throws InterruptedException {
    Assumptions.assumeTrue(open() instanceof Lookup, "it cannot be asked");
    RecordDestination destination = open();
    for (Step step : steps()) {
      int count = Math.min(step.limit(), SEVERAL);
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
      accepted(destination, step, writes);
      holds(destination, step, writes);
      List<Write> absent =
          writes(step, Write.Kind.CREATE, 1, IntStream.range(1_000, 1_000 + step.limit() - count));
      List<String> all = new ArrayList<>(keys(absent));
      all.addAll(keys(writes));
      Map<String, Fields> found = ((Lookup) destination).find(step.name(), all);
      assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(keys(writes));
      assertThat(((Lookup) destination).find(step.name(), List.of())).isEmpty();
    }
  }

  @Test
  void deletingWhatIsNotThereIsFine() throws InterruptedException {
    Assumptions.assumeTrue(open() instanceof Deleting, "it does not delete");
    RecordDestination destination = open();
    for (Step step : steps()) {
      accepted(destination, step, writes(step, Write.Kind.CREATE, 1, SEVERAL));
    }
    for (Step step : steps().reversed()) {
      List<Write> deletes =
          writes(step, Write.Kind.CREATE, 1, SEVERAL).stream()
              .map(write -> new Write(Write.Kind.DELETE, write.key(), Fields.EMPTY, Set.of()))
              .toList();
      long before = harness().effects();
      accepted(destination, step, deletes);
      assertThat(harness().effects()).isEqualTo(before + SEVERAL);
      accepted(destination, step, deletes);
      assertThat(harness().effects()).as("the same again").isEqualTo(before + SEVERAL);
      if (destination instanceof Lookup lookup) {
        assertThat(lookup.find(step.name(), keys(deletes))).isEmpty();
      }
    }
  }

  @Test
  void eachCallIsTakenFromTheBudgetAndRecorded() throws InterruptedException {
    RecordDestination destination = open();
    assertThat(destination.check()).allSatisfy(line -> assertThat(line).isNotBlank());
    for (Step step : steps()) {
      for (int count : new int[] {1, SEVERAL}) {
        List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
        accepted(destination, step, writes);
        holds(destination, step, writes);
      }
    }
    assertThat(budget.taken()).isEqualTo(harness().calls());
    checkExchanges(secrets());
  }

  @Test
  void severalThreadsWriteAtTheSameTime() throws Exception {
    RecordDestination destination = open();
    for (Step step : steps()) {
      List<FutureTask<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int from = i * SEVERAL;
        FutureTask<Void> task =
            new FutureTask<>(() -> {
              IntStream numbers = IntStream.range(from, from + SEVERAL);
              accepted(destination, step, writes(step, Write.Kind.CREATE, 1, numbers));
              return null;
            });
        tasks.add(task);
        Thread.ofVirtual().start(task);
      }
      for (FutureTask<Void> task : tasks) {
        task.get();
      }
      holds(destination, step, writes(step, Write.Kind.CREATE, 1, 4 * SEVERAL));
    }
  }

  @Test
  void closingTwiceIsFine() {
    RecordDestination destination = open();
    destination.close();
    destination.close();
  }
}
