package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.StorageException.Code;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTest {

  private static final UUID ID = UUID.fromString("0191f0a4-5b7e-7000-8000-0123456789ab");

  private final Database database = TestDatabase.fresh();

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void passesValuesOfEveryTypeAndReadsThemBack() {
    Instant instant = Instant.parse("2026-03-01T12:34:56.123456789Z");
    one(
        """
        select ?::text as t, ?::int4 as i, ?::int8 as l, ?::bool as b, ?::numeric as n,
               ?::uuid as u, ?::timestamptz as at, ?::date as d, ?::bytea as raw,
               ?::float8 as f, ? as j, extract(epoch from ?)::numeric as seconds
        """,
        row -> {
          assertThat(row.text("t")).isEqualTo("žluťoučký 🐎 '; drop table lease; --");
          assertThat(row.int4("i")).isEqualTo(Integer.MIN_VALUE);
          assertThat(row.int8("l")).isEqualTo(Long.MAX_VALUE);
          assertThat(row.bool("b")).isTrue();
          assertThat(row.numeric("n")).isEqualTo(new BigDecimal("123456789012345678.90"));
          assertThat(row.uuid("u")).isEqualTo(ID);
          assertThat(row.instant("at")).isEqualTo(Instant.parse("2026-03-01T12:34:56.123456Z"));
          assertThat(row.date("d")).isEqualTo(LocalDate.of(2024, 2, 29));
          assertThat(row.bytes("raw")).containsExactly(0, -1, 127);
          assertThat(row.float8("f")).isEqualTo(0.1);
          assertThat(row.json("j")).isEqualTo("{\"a\": [1, null]}");
          assertThat(row.numeric("seconds")).isEqualByComparingTo("5400.25");
          return true;
        },
        "žluťoučký 🐎 '; drop table lease; --",
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        true,
        new BigDecimal("123456789012345678.90"),
        ID,
        instant,
        LocalDate.of(2024, 2, 29),
        new byte[] {0, -1, 127},
        0.1,
        new Json("{\"a\":[1,null]}"),
        Duration.ofMinutes(90).plusMillis(250));
  }

  @Test
  void passesNullForEveryType() {
    Boolean read =
        one(
            "select ?::text as t, ?::int4 as i, ?::timestamptz as at, ?::text[] as a, ?::uuid as u",
            row -> {
              assertThat(row.textOrNull("t")).isNull();
              assertThat(row.int4OrNull("i")).isNull();
              assertThat(row.int8OrNull("i")).isNull();
              assertThat(row.instantOrNull("at")).isNull();
              assertThat(row.textArrayOrNull("a")).isNull();
              assertThat(row.uuidOrNull("u")).isNull();
              assertThatThrownBy(() -> row.int4("i"))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("\"i\" is NULL");
              return true;
            },
            null,
            null,
            null,
            null,
            null);
    assertThat(read).isTrue();
  }

  @Test
  void passesArraysAndLists() {
    List<@Nullable String> texts = Arrays.asList("a", null, "{\"x\",}", "", "null");
    assertThat(this.<List<@Nullable String>>one("select ? as a", row -> row.textArray("a"), texts))
        .isEqualTo(texts);
    String[] alone = {"x", "y"};
    assertThat(
            this.<List<@Nullable String>>one(
                "select ?::text[] as a", row -> row.textArray("a"), (Object) alone))
        .isEqualTo(List.of("x", "y"));
    assertThat(
            this.<List<UUID>>one(
                "select ? as a", row -> row.uuidArray("a"), List.of(ID, new UUID(0, 0))))
        .containsExactly(ID, new UUID(0, 0));
    assertThat(
            this.<List<Long>>one(
                "select ? as a", row -> row.int8Array("a"), (Object) new Long[] {1L, -2L}))
        .containsExactly(1L, -2L);
    assertThat(
            this.<List<@Nullable String>>one("select ? as a", row -> row.textArray("a"), List.of()))
        .isEmpty();
    assertThat(
            this.<List<UUID>>one(
                "select ?::uuid[] as a", row -> row.uuidArray("a"), (Object) new UUID[0]))
        .isEmpty();
  }

  @Test
  void refusesTextThatCannotBeStored() {
    for (String text : List.of("a\0b", "\uD83D", "a\uDE00b", "\uD83D\uD83D\uDE00")) {
      for (Object argument : List.of(text, List.of("fine", text), new Json('"' + text + '"'))) {
        StorageException thrown = Thrown.by(() -> one("select ? as value", row -> true, argument));
        assertThat(thrown.code()).isEqualTo(Code.BAD_VALUE);
        assertThat(thrown).hasMessageContaining("argument 1").hasMessageNotContaining("fine");
      }
    }
  }

  @Test
  void findsTheFirstOrTheOnlyRow() {
    Optional<Integer> none =
        database.read(c -> Sql.of("select 1 as n where false").first(c, row -> row.int4("n")));
    assertThat(none).isEmpty();
    Optional<Integer> some =
        database.read(c -> Sql.of("values (7), (8)").first(c, row -> row.int4("column1")));
    assertThat(some).contains(7);
    assertThat(Thrown.by(() -> one("select 1 as n where false", row -> row.int4("n"))).code())
        .isEqualTo(Code.ROW_COUNT);
    assertThat(Thrown.by(() -> one("values (7), (8)", row -> row.int4("column1"))).code())
        .isEqualTo(Code.ROW_COUNT);
  }

  @Test
  void undoesAWriteThatConcernsNotExactlyOneRow() {
    database.write(c -> Sql.of("create table counted (n int)").update(c));
    for (String rows : List.of("select 1 where false", "values (1), (2)")) {
      StorageException thrown =
          Thrown.by(() ->
              database.write(c -> {
                Sql.of("insert into counted " + rows).updateOne(c);
                return true;
              }));
      assertThat(thrown.code()).isEqualTo(Code.ROW_COUNT);
    }
    Long count = one("select count(*) as n from counted", row -> row.int8("n"));
    assertThat(count).isZero();
  }

  @Test
  void streamsRowsInAndOutsideOfTransactions() {
    List<Integer> numbers = new ArrayList<>();
    Sql series = Sql.of("select n from generate_series(1, 1000) n");
    boolean autoCommit =
        database.read(c -> {
          series.forEach(c, 64, row -> row.int4("n"), numbers::add);
          return c.getAutoCommit();
        });
    assertThat(autoCommit).isTrue();
    assertThat(numbers).hasSize(1000).startsWith(1, 2).endsWith(999, 1000);
    numbers.clear();
    boolean inTransaction =
        database.write(c -> {
          series.forEach(c, 64, row -> row.int4("n"), numbers::add);
          return !c.getAutoCommit();
        });
    assertThat(inTransaction).isTrue();
    assertThat(numbers).hasSize(1000);
  }

  @Test
  void leavesTheConnectionUsableWhenStreamingIsBrokenOff() {
    boolean usable =
        database.read(c -> {
          assertThatThrownBy(() ->
                  Sql.of("select n from generate_series(1, 1000) n")
                      .forEach(
                          c,
                          10,
                          row -> row.int4("n"),
                          n -> {
                            throw new IllegalStateException("enough");
                          }))
              .hasMessage("enough");
          return c.getAutoCommit() && Sql.of("select 1 as n").one(c, row -> row.bool("n"));
        });
    assertThat(usable).isTrue();
  }

  @Test
  void knowsOperatorsWithAQuestionMark() {
    Boolean has = one("select ? ?? 'a' as has", row -> row.bool("has"), new Json("{\"a\":1}"));
    assertThat(has).isTrue();
  }

  @Test
  void classifiesWhatTheServerRefuses() {
    assertThat(Thrown.by(() -> one("select 1/0 as n", row -> true)).code())
        .isEqualTo(Code.BAD_VALUE);
    assertThat(Thrown.by(() -> one("select 'x'::int as n", row -> true)).code())
        .isEqualTo(Code.BAD_VALUE);
    assertThat(Thrown.by(() -> one("selec", row -> true)).code()).isEqualTo(Code.UNKNOWN);
    assertThat(Thrown.by(() -> one("select ? as j", row -> true, new Json("{"))).code())
        .isEqualTo(Code.BAD_VALUE);
    StorageException timeout =
        Thrown.by(() ->
            database.write(c -> {
              Sql.of("set local statement_timeout = 20").update(c);
              return Sql.of("select pg_sleep(10)").first(c, row -> true);
            }));
    assertThat(timeout.code()).isEqualTo(Code.TIMEOUT);
    assertThat(timeout.code().retryable()).isTrue();
  }

  private <T> T one(String text, Sql.RowMapper<T> mapper, @Nullable Object... arguments) {
    return database.read(c -> Sql.of(text).with(arguments).one(c, mapper));
  }
}
