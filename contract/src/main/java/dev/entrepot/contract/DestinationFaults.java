package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a destination says when something goes wrong: four outcomes of a write, told apart.
abstract class DestinationFaults extends DestinationBench {
  @Test
  void aCallThatIsRejectedAsAWholeSaysSo() throws InterruptedException {
    RecordDestination destination = open();
    for (Step step : steps()) {
      prepare(destination, step, SEVERAL);
      harness().arm(new Disruption.Answer(400, null));
      for (int count : new int[] {1, SEVERAL}) {
        results(destination.write(step.name(), writes(step, Write.Kind.CREATE, 1, count)), count)
            .forEach(DestinationBench::rejected);
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
  @Timeout(600)
  void withoutAnAnswerNobodyKnows(Disruption.Harm harm, int count) throws Exception {
    boolean silent = harm == Disruption.Harm.SILENT_BEFORE || harm == Disruption.Harm.SILENT_AFTER;
    for (Step step : steps()) {
      RecordDestination calm = open();
      prepare(calm, step, count);
      List<Write> writes = writes(step, Write.Kind.CREATE, 1, count);
      RecordDestination destination =
          silent ? open(both(values(), harness().impatience()), harness().credentials()) : calm;
      if (silent) {
        connect(destination);
      }
      long calls = harness().calls();
      long effects = harness().effects();
      harness().arm(harm);
      assertThat(results(destination.write(step.name(), writes), count))
          .as("%s in step %s", harm, step.name())
          .allMatch(WriteResult.Unknown.class::isInstance);
      // A system that is slow may still be at it, or not have begun.
      await(() -> harness().calls() > calls);
      harness().disarm();
      boolean nothingYet = harm.name().endsWith("BEFORE");
      await(() -> nothingYet || harness().effects() >= effects + count);
      checkAfterwards(harm, step, writes);
      long before = harness().effects();
      accepted(open(), step, writes);
      assertThat(harness().effects()).isEqualTo(nothingYet ? before + count : before);
    }
    checkExchanges(secrets());
  }

  /// Calls once, so that a call that is not waited for long needs no connection of its own.
  private static void connect(RecordDestination destination) throws InterruptedException {
    while (true) {
      try {
        destination.check();
        return;
      } catch (RemoteException e) {
        assertThat(e.code().kind()).isNotEqualTo(RemoteException.Kind.STOP);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
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
}
