package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import dev.entrepot.spi.source.SourcePage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every source of records must keep to that calls another system. A connector's test extends
/// this and starts a simulated system; everything else is found out from the factory.
public abstract class RecordSourceContract extends RecordReadingContract {
  /// A simulated system of its own for a test.
  @Override
  protected abstract SourceHarness start();

  @Override
  final SourceHarness harness() {
    return (SourceHarness) super.harness();
  }

  private List<CredentialField> known() {
    return factory().credentials();
  }

  private Set<String> secrets() {
    return secrets(known(), harness().credentials());
  }

  @Test
  void theFactoryIsFoundAndExplainsItself() {
    assertThat(ServiceLoader.load(RecordSourceFactory.class))
        .as("META-INF/services must name the factory")
        .anyMatch(found -> found.getClass() == factory().getClass());
    checkDescriptions(
        factory().kind(),
        factory().title(),
        factory().settings(),
        values(),
        known(),
        factory().fields(values()));
  }

  @Test
  void openingCallsNobodyAndNeedsTheMandatoryCredentials() {
    assertThat(open().largestPage()).isPositive();
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

  @ParameterizedTest
  @MethodSource("refusalsOfReads")
  void whatWentWrongHasItsCode(Refusing refusing) throws Exception {
    harness().fill(15);
    RecordSource source = open();
    Extract extract = new Extract(null, 10);
    SourcePage first = source.read(extract, null);
    harness().arm(refusing.disruption());
    for (String checkpoint : new String[] {null, first.next()}) {
      RemoteException problem = failure(() -> source.read(extract, checkpoint));
      assertThat(problem.code()).isEqualTo(refusing.code());
      assertThat(problem.after()).isEqualTo(Optional.ofNullable(refusing.after()));
      assertThat(problem).hasMessageContaining(factory().title());
      tellsNone(problem, secrets());
    }
    assertThat(failure(source::check).code()).isEqualTo(refusing.code());
    Duration after = refusing.after();
    if (after != null) {
      assertThat(budget.learned()).anyMatch(notice -> after.equals(notice.pause()));
    }
    harness().disarm();
    assertThat(allKeys(rest(source, extract, first.next()))).hasSize(5);
    checkExchanges(secrets());
  }

  @Test
  void silenceIsUnavailable() throws Exception {
    RecordSource source = open(both(values(), harness().impatience()), harness().credentials());
    harness().arm(Disruption.Harm.SILENT_AFTER);
    RemoteException problem = failure(() -> source.read(new Extract(null, 10), null));
    assertThat(problem.code()).isEqualTo(RemoteException.Code.UNAVAILABLE);
    checkExchanges(secrets());
  }

  @Test
  void wrongCredentialsAreDenied() throws Exception {
    Fields wrong = wrong(known(), harness().credentials());
    RecordSource source = open(values(), wrong);
    for (RemoteException problem :
        List.of(failure(() -> source.read(new Extract(null, 10), null)), failure(source::check))) {
      assertThat(problem.code()).isEqualTo(RemoteException.Code.DENIED);
      tellsNone(problem, secrets(known(), wrong));
    }
    checkExchanges(secrets(known(), wrong));
  }

  @Test
  void aSystemThatIsNotThereIsUnavailable() throws Exception {
    RecordSource source = open(values(), unreachable(harness().credentials()));
    assertThat(failure(() -> source.read(new Extract(null, 10), null)).code())
        .isEqualTo(RemoteException.Code.UNAVAILABLE);
    assertThat(failure(source::check).code()).isEqualTo(RemoteException.Code.UNAVAILABLE);
    checkExchanges(secrets());
  }

  @Test
  void eachCallIsTakenFromTheBudgetAndRecorded() throws InterruptedException {
    harness().fill(25);
    RecordSource source = open();
    assertThat(source.check()).allSatisfy(line -> assertThat(line).isNotBlank());
    rest(source, new Extract(null, 10), null);
    assertThat(budget.taken()).isEqualTo(harness().calls());
    checkExchanges(secrets());
  }

  @Test
  void interruptedBeforeACallNothingIsSent() {
    RecordSource source = open();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> source.read(new Extract(null, 10), null));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(harness().calls()).isZero();
  }

  @Test
  void interruptedDuringACallItEnds() throws Exception {
    RecordSource source = open();
    harness().arm(Disruption.Harm.SILENT_AFTER);
    boolean ended =
        interrupted(
            harness(),
            () -> {
              try {
                source.read(new Extract(null, 10), null);
                return false;
              } catch (InterruptedException e) {
                return true;
              }
            });
    assertThat(ended).isTrue();
  }
}
