package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.StorageException.Code;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void commitsWhenTheWorkReturns() {
    int rows = database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    assertThat(rows).isZero();
    database.write(c -> Sql.of("insert into thing values (1), (2)").update(c));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void rollsBackWhateverIsThrown() {
    database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("no"), new StackOverflowError("deep")}) {
      assertThatThrownBy(() ->
              database.write(c -> {
                Sql.of("insert into thing values (1)").updateOne(c);
                if (thrown instanceof RuntimeException e) {
                  throw e;
                }
                throw (Error) thrown;
              }))
          .isSameAs(thrown);
    }
    assertThat(count()).isZero();
  }

  @Test
  void namesTheConstraintOfAConflict() {
    database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    database.write(c -> Sql.of("insert into thing values (1)").update(c));
    assertThatThrownBy(() -> database.write(c -> Sql.of("insert into thing values (1)").update(c)))
        .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(Code.CONFLICT);
          assertThat(e.constraint()).contains("thing_pkey");
          assertThat(e).hasMessageContaining("thing_pkey").hasMessageNotContaining("(id)");
          assertThat(e.mayHaveCommitted()).isFalse();
        });
  }

  @Test
  void tellsItsStatus() {
    DatabaseStatus status = database.status();
    assertThat(status.serverVersion()).startsWith("18.");
    assertThat(status.embedded()).isFalse();
    assertThat(status.address()).startsWith("127.0.0.1:").contains("/test_");
    assertThat(status.schemaVersion()).isEqualTo("1");
  }

  @Test
  void sessionsRunInUtc() {
    assertThat(
            database.<String>read(c ->
                Sql.of("select current_setting('timezone') as zone")
                    .one(c, row -> row.text("zone"))))
        .isEqualTo("UTC");
  }

  private long count() {
    return database.read(
        c -> Sql.of("select count(*) as count from thing").one(c, row -> row.int8("count")));
  }
}
