package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.CredentialField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every destination of records must keep to. A connector's test extends this and starts a
/// simulated system; steps, limits and abilities are found out from the factory.
public abstract class RecordDestinationContract extends RemoteContract {
  // Many small calls are as good as few large ones to see what a limit does.
  private static final int SEVERAL = 3;

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

  private DestinationHarness harness() {
    return Objects.requireNonNull(running);
  }

  private Map<String, String> values() {
    return filled(factory().settings(), harness().settings());
  }

  private List<CredentialField> known() {
    return factory().credentials();
  }

  private Set<String> secrets() {
    return secrets(known(), harness().credentials());
  }

  private List<Step> steps() {
    return factory().steps(values());
  }

  private RecordDestination open(Map<String, String> settings, Fields credentials) {
    if (opened != null) {
      opened.close();
    }
    opened = factory().open(settings, credentials, context());
    return opened;
  }

  private RecordDestination open() {
    return open(values(), harness().credentials());
  }

  /// The step's part of items of these numbers.
  private List<Write> writes(Step step, Write.Kind kind, int version, IntStream numbers) {
    return numbers.mapToObj(number -> write(step, kind, harness().item(number, version))).toList();
  }

  private Write write(Step step, Write.Kind kind, Fields item) {
    Fields part =
        step.part()
            .apply(item)
            .orElseThrow(
                () -> new AssertionError("step " + step.name() + " has no part of " + item));
    return new Write(kind, harness().key(item), part, part.values().keySet());
  }

  private List<Write> writes(Step step, Write.Kind kind, int version, int count) {
    return writes(step, kind, version, IntStream.range(0, count));
  }

  /// The results, one for each.
  private static List<WriteResult> results(WriteAnswer answer, int count) {
    return switch (answer) {
      case WriteAnswer.Each each -> {
        assertThat(each.results()).as("a result for each").hasSize(count);
        yield each.results();
      }
      case WriteAnswer.Whole whole -> Collections.nCopies(count, whole.result());
    };
  }

  private static void accepted(RecordDestination destination, Step step, List<Write> writes)
      throws InterruptedException {
    assertThat(results(destination.write(step.name(), writes), writes.size()))
        .as("step %s", step.name())
        .allMatch(WriteResult.Accepted.class::isInstance);
  }

  /// Writes what must be there before a step can be done.
  private void prepare(RecordDestination destination, Step until, int count)
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

  private static List<String> keys(List<Write> writes) {
    return writes.stream().map(Write::key).toList();
  }

  /// Whether a destination that can be asked holds exactly this.
  private static void holds(RecordDestination destination, Step step, List<Write> writes)
      throws InterruptedException {
    if (destination instanceof Lookup lookup) {
      Map<String, Fields> held = lookup.find(step.name(), keys(writes));
      assertThat(held).hasSize(writes.size());
      for (Write write : writes) {
        assertThat(held).containsEntry(write.key(), write.fields());
      }
    }
  }

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

  static Stream<Integer> sizes() {
    return Stream.of(1, SEVERAL);
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

  private void rejected(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Rejected.class);
    WriteResult.Rejected rejected = (WriteResult.Rejected) result;
    assertThat(rejected.code()).matches("[A-Z0-9_]+");
    assertThat(rejected.reason()).isNotBlank();
  }

  @Test
  void aCallThatIsRejectedAsAWholeSaysSo() throws InterruptedException {
    RecordDestination destination = open();
    for (Step step : steps()) {
      prepare(destination, step, SEVERAL);
      harness().arm(new Disruption.Answer(400, null));
      for (int count : new int[] {1, SEVERAL}) {
        results(destination.write(step.name(), writes(step, Write.Kind.CREATE, 1, count)), count)
            .forEach(this::rejected);
      }
      harness().disarm();
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalsMeanWhatTheySay(Refusing refusing) throws Exception {
    RecordDestination destination = open();
    for (Step step : steps()) {
      prepare(destination, step, SEVERAL);
      harness().arm(refusing.disruption());
      for (int count : new int[] {1, SEVERAL}) {
        List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
        if (refusing.code().kind() == RemoteException.Kind.STOP) {
          RemoteException problem = failure(() -> destination.write(step.name(), writes));
          assertThat(problem.code()).isEqualTo(refusing.code());
          tellsNone(problem, secrets());
        } else {
          for (WriteResult result : results(destination.write(step.name(), writes), count)) {
            assertThat(result).isInstanceOf(WriteResult.RetryLater.class);
            WriteResult.RetryLater later = (WriteResult.RetryLater) result;
            assertThat(later.why()).isEqualTo(refusing.code());
            assertThat(later.after()).isEqualTo(refusing.after());
            assertThat(later.reason()).isNotBlank();
          }
        }
      }
      harness().disarm();
      accepted(destination, step, writes(step, Write.Kind.CREATE, 1, SEVERAL));
    }
    checkExchanges(secrets());
  }

  /// Silence takes its time, so it is kept for one size each.
  static Stream<Arguments> harms() {
    return Stream.of(
        Arguments.of(Disruption.Harm.CUT_BEFORE, 1),
        Arguments.of(Disruption.Harm.CUT_BEFORE, SEVERAL),
        Arguments.of(Disruption.Harm.CUT_AFTER, 1),
        Arguments.of(Disruption.Harm.CUT_AFTER, SEVERAL),
        Arguments.of(Disruption.Harm.SILENT_BEFORE, 1),
        Arguments.of(Disruption.Harm.SILENT_AFTER, SEVERAL),
        Arguments.of(Disruption.Harm.MALFORMED, 1),
        Arguments.of(Disruption.Harm.MALFORMED, SEVERAL),
        Arguments.of(Disruption.Harm.TRUNCATED, 1),
        Arguments.of(Disruption.Harm.TRUNCATED, SEVERAL));
  }

  @ParameterizedTest
  @MethodSource("harms")
  @Timeout(120)
  void withoutAnAnswerNobodyKnows(Disruption.Harm harm, int count) throws Exception {
    boolean silent = harm == Disruption.Harm.SILENT_BEFORE || harm == Disruption.Harm.SILENT_AFTER;
    for (Step step : steps()) {
      RecordDestination calm = open();
      prepare(calm, step, count);
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
      RecordDestination destination =
          silent ? open(both(values(), harness().impatience()), harness().credentials()) : calm;
      long effects = harness().effects();
      harness().arm(harm);
      assertThat(results(destination.write(step.name(), writes), count))
          .as("%s in step %s", harm, step.name())
          .allMatch(WriteResult.Unknown.class::isInstance);
      harness().disarm();
      // A system that is slow may still be at it.
      while (!harm.name().endsWith("BEFORE") && harness().effects() == effects) {
        Thread.onSpinWait();
      }
      checkAfterwards(harm, step, writes);
      long before = harness().effects();
      accepted(open(), step, writes);
      boolean nothingYet = harm.name().endsWith("BEFORE");
      assertThat(harness().effects()).isEqualTo(nothingYet ? before + count : before);
    }
    checkExchanges(secrets());
  }

  /// What a look-up says of writes whose result is not known.
  private void checkAfterwards(Disruption.Harm harm, Step step, List<Write> writes)
      throws InterruptedException {
    RecordDestination destination = open();
    switch (harm) {
      case CUT_BEFORE, SILENT_BEFORE -> {
        if (destination instanceof Lookup lookup) {
          assertThat(lookup.find(step.name(), keys(writes))).isEmpty();
        }
      }
      case CUT_AFTER, SILENT_AFTER, MALFORMED, TRUNCATED -> holds(destination, step, writes);
    }
  }

  @Test
  void aSystemThatIsNotThereIsCalledLater() throws Exception {
    RecordDestination destination = open(values(), unreachable(harness().credentials()));
    for (Step step : steps()) {
      for (WriteResult result :
          results(
              destination.write(step.name(), writes(step, Write.Kind.CREATE, 1, SEVERAL)),
              SEVERAL)) {
        assertThat(result).isInstanceOf(WriteResult.RetryLater.class);
        assertThat(((WriteResult.RetryLater) result).why())
            .isEqualTo(RemoteException.Code.UNAVAILABLE);
      }
    }
    assertThat(failure(destination::check).code()).isEqualTo(RemoteException.Code.UNAVAILABLE);
    assertThat(harness().calls()).isZero();
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

  @ParameterizedTest
  @MethodSource("refusalsOfReads")
  void lookingUpFailsWithItsCode(Refusing refusing) throws Exception {
    Assumptions.assumeTrue(open() instanceof Lookup, "it cannot be asked");
    RecordDestination destination = open();
    for (Step step : steps()) {
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, 1);
      accepted(destination, step, writes);
      harness().arm(refusing.disruption());
      RemoteException problem =
          failure(() -> ((Lookup) destination).find(step.name(), keys(writes)));
      assertThat(problem.code()).isEqualTo(refusing.code());
      assertThat(problem.after()).isEqualTo(Optional.ofNullable(refusing.after()));
      tellsNone(problem, secrets());
      harness().disarm();
    }
    harness().arm(refusing.disruption());
    assertThat(failure(destination::check).code()).isEqualTo(refusing.code());
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
  void wrongCredentialsStopEverything() throws Exception {
    Fields wrong = wrong(known(), harness().credentials());
    RecordDestination destination = open(values(), wrong);
    List<RemoteException> problems = new ArrayList<>();
    for (Step step : steps()) {
      for (int count : new int[] {1, SEVERAL}) {
        List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
        problems.add(failure(() -> destination.write(step.name(), writes)));
      }
    }
    problems.add(failure(destination::check));
    assertThat(problems)
        .allSatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(RemoteException.Code.DENIED);
          assertThat(problem).hasMessageContaining(factory().title());
          tellsNone(problem, secrets(known(), wrong));
        });
    assertThat(harness().effects()).isZero();
    checkExchanges(secrets(known(), wrong));
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
  void interruptedBeforeACallNothingIsSent() {
    RecordDestination destination = open();
    Step step = steps().getFirst();
    List<Write> writes = writes(step, Write.Kind.CREATE, 1, 1);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> destination.write(step.name(), writes));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(harness().calls()).isZero();
  }

  @Test
  void interruptedDuringACallNobodyKnows() throws Exception {
    RecordDestination destination = open();
    Step step = steps().getFirst();
    harness().arm(Disruption.Harm.SILENT_AFTER);
    for (int count : new int[] {1, SEVERAL}) {
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
      boolean unknown =
          interrupted(
              harness(),
              () -> {
                WriteAnswer answer = destination.write(step.name(), writes);
                return results(answer, count).stream()
                        .allMatch(WriteResult.Unknown.class::isInstance)
                    && Thread.interrupted();
              });
      assertThat(unknown).as("unknown, and still interrupted").isTrue();
    }
  }

  @Test
  void closingTwiceIsFine() {
    RecordDestination destination = open();
    destination.close();
    destination.close();
  }
}
