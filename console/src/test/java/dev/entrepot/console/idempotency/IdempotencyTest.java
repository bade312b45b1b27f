package dev.entrepot.console.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.console.TestClock;
import dev.entrepot.console.idempotency.Idempotency.Claim;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Idempotency idempotency = new Idempotency(database, clock);

  @AfterEach
  void close() {
    database.close();
  }

  private Claim.Fresh fresh() {
    return idempotency.claim("key:a", "k") instanceof Claim.Fresh fresh ? fresh : fail("not fresh");
  }

  @Test
  void oneOfManyClaims() throws Exception {
    List<Callable<Claim>> claims = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      claims.add(() -> idempotency.claim("key:a", "k"));
    }
    int fresh = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Claim> claim : executor.invokeAll(claims)) {
        fresh += claim.get() instanceof Claim.Fresh ? 1 : 0;
      }
    }
    assertThat(fresh).isEqualTo(1);
    assertThat(idempotency.claim("key:b", "k")).isInstanceOf(Claim.Fresh.class);
  }

  @Test
  void ofAClaimWhoseProgramDiedNobodyKnows() {
    Claim.Fresh dead = fresh();
    clock.advance(Duration.ofMinutes(9));
    assertThat(idempotency.claim("key:a", "k")).isEqualTo(new Claim.InFlight());
    clock.advance(Duration.ofMinutes(2));
    assertThat(idempotency.claim("key:a", "k")).isEqualTo(new Claim.Unknown(dead.id()));
    // Should it live after all, its answer counts.
    assertThat(idempotency.complete("key:a", "k", dead.id(), "f", "late")).isTrue();
    assertThat(idempotency.claim("key:a", "k")).isEqualTo(new Claim.Answered("f", "late"));
  }

  @Test
  void aClaimIsTakenOverByOne() {
    Claim.Fresh dead = fresh();
    clock.advance(Duration.ofMinutes(11));
    Claim.Unknown unknown = new Claim.Unknown(dead.id());
    Claim.Fresh heir =
        idempotency.takeOver("key:a", "k", unknown) instanceof Claim.Fresh taken
            ? taken
            : fail("not taken over");
    assertThat(idempotency.takeOver("key:a", "k", unknown)).isEqualTo(new Claim.InFlight());
    assertThat(idempotency.claim("key:a", "k")).isEqualTo(new Claim.InFlight());
    // Should the first live after all, it does not overwrite what the other does.
    assertThat(idempotency.complete("key:a", "k", dead.id(), "f", "late")).isFalse();
    idempotency.release("key:a", "k", dead.id());
    assertThat(idempotency.complete("key:a", "k", heir.id(), "f", "answer")).isTrue();
    assertThat(idempotency.claim("key:a", "k")).isEqualTo(new Claim.Answered("f", "answer"));
  }

  @Test
  void whatIsKeptCannotBeReadWithoutTheKey() {
    Claim.Fresh claim = fresh();
    idempotency.complete("key:a", "k", claim.id(), "f", "the secret ek_1");
    byte[] kept =
        database.read(connection ->
            Sql.of("select answer from idempotency").one(connection, row -> row.bytes("answer")));
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  @Test
  void answersAreForgottenAfterADay() {
    idempotency.complete("key:a", "k", fresh().id(), "f", "answer");
    clock.advance(Duration.ofHours(25));
    assertThat(idempotency.removeOld()).isEqualTo(1);
    assertThat(idempotency.claim("key:a", "k")).isInstanceOf(Claim.Fresh.class);
  }
}
