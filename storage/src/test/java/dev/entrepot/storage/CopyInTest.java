package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.StorageException.Code;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyInTest {

  private static final UUID ID = UUID.fromString("0191f0a4-5b7e-7000-8000-0123456789ab");

  private final Database database = TestDatabase.fresh();

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void loadsValuesOfEveryType() {
    create(
        "every (t text, v varchar(9), i int, l int8, b bool, n numeric, s numeric(8, 2), "
            + "at timestamptz, d date, u uuid, j json, jb jsonb, a text[], raw bytea, f float8)");
    List<@Nullable String> array = Arrays.asList("a", null, "", "{\"🦊\",}");
    long count =
        load(
            "every",
            List.of("t", "v", "i", "l", "b", "n", "s", "at", "d", "u", "j", "jb", "a", "raw", "f"),
            copy -> {
              copy.row();
              copy.text("a\tb\r\n\\N 👩‍👩‍👧 é \u0001 \uFFFF");
              copy.text("varchar");
              copy.int4(Integer.MIN_VALUE);
              copy.int8(Long.MIN_VALUE);
              copy.bool(true);
              copy.numeric(new BigDecimal("-12345678901234567890.000100"));
              copy.numeric(123456, 3);
              copy.timestamp(Instant.parse("1999-12-31T23:59:59.9999999Z"));
              copy.date(LocalDate.of(1900, 3, 1));
              copy.uuid(ID);
              copy.json("{\"a\" : 1}");
              copy.jsonb("{\"a\" : \"🦊\"}");
              copy.textArray(array);
              copy.bytes(new byte[] {0, -1});
              copy.float8(-0.1);
            });
    assertThat(count).isEqualTo(1);
    first(
        "select * from every",
        row -> {
          assertThat(row.text("t")).isEqualTo("a\tb\r\n\\N 👩‍👩‍👧 é \u0001 \uFFFF");
          assertThat(row.text("v")).isEqualTo("varchar");
          assertThat(row.int4("i")).isEqualTo(Integer.MIN_VALUE);
          assertThat(row.int8("l")).isEqualTo(Long.MIN_VALUE);
          assertThat(row.bool("b")).isTrue();
          assertThat(row.numeric("n")).isEqualTo(new BigDecimal("-12345678901234567890.000100"));
          assertThat(row.numeric("s")).isEqualTo(new BigDecimal("123.46"));
          assertThat(row.instant("at")).isEqualTo(Instant.parse("1999-12-31T23:59:59.999999Z"));
          assertThat(row.date("d")).isEqualTo(LocalDate.of(1900, 3, 1));
          assertThat(row.uuid("u")).isEqualTo(ID);
          assertThat(row.json("j")).isEqualTo("{\"a\" : 1}");
          assertThat(row.json("jb")).isEqualTo("{\"a\": \"🦊\"}");
          assertThat(row.textArray("a")).isEqualTo(array);
          assertThat(row.bytes("raw")).containsExactly(0, -1);
          assertThat(row.float8("f")).isEqualTo(-0.1);
          return true;
        });
  }

  @Test
  void loadsNulls() {
    create(
        "nulls (t text, n numeric, at timestamptz, d date, u uuid, jb jsonb, a text[], "
            + "raw bytea, i int)");
    load(
        "nulls",
        List.of("t", "n", "at", "d", "u", "jb", "a", "raw", "i"),
        copy -> {
          copy.row();
          copy.text(null);
          copy.numeric(null);
          copy.timestamp(null);
          copy.date(null);
          copy.uuid(null);
          copy.jsonb(null);
          copy.textArray(null);
          copy.bytes(null);
          copy.nul();
        });
    assertThat(
            this.<Integer>first(
                "select num_nulls(t, n, at, d, u, jb, a, raw, i) as n from nulls",
                row -> row.int4("n")))
        .isEqualTo(9);
  }

  @Test
  void loadsTextsOfAnyLength() {
    create("texts (t text, j jsonb, a text[], raw bytea)");
    List<String> texts = new ArrayList<>();
    for (int length : new int[] {0, 1, 21_000, 21_840, 21_841, 21_842, 21_846, 65_536, 700_001}) {
      for (String unit : List.of("a", "é", "漢", "🐎", "x🐎")) {
        texts.add(unit.repeat(length / unit.length() + 1).substring(0, length / 2 * 2));
      }
    }
    load(
        "texts",
        List.of("t", "j", "a", "raw"),
        copy -> {
          for (String text : texts) {
            // An odd first half would cut the pair of surrogates that "x🐎" begins or ends with.
            String whole = StorableText.repair(text);
            copy.row();
            copy.text(CharBuffer.wrap(whole));
            copy.jsonb("\"" + whole + "\"");
            copy.textArray(List.of(whole, "", whole));
            copy.bytes(whole.getBytes(StandardCharsets.UTF_8));
          }
        });
    List<String> read =
        database.read(c ->
            Sql.of(
                    """
                    select t,
                      j #>> '{}' = t and a = array[t, '', t]
                        and convert_from(raw, 'UTF8') = t as same
                    from texts
                    """)
                .list(
                    c,
                    row -> {
                      assertThat(row.bool("same")).isTrue();
                      return row.text("t");
                    }));
    assertThat(read).isEqualTo(texts.stream().map(StorableText::repair).toList());
  }

  @Test
  void loadsTheEndsOfRanges() {
    create("ends (n numeric, at timestamptz, d date)");
    Instant first = Instant.parse("-4713-11-24T00:00:00Z");
    Instant last = Instant.parse("+294276-12-31T23:59:59.999999Z");
    BigDecimal huge = new BigDecimal("9".repeat(131_072) + "." + "9".repeat(16_383));
    BigDecimal tiny = BigDecimal.ONE.movePointLeft(16_383);
    load(
        "ends",
        List.of("n", "at", "d"),
        copy -> {
          copy.row();
          copy.numeric(huge);
          copy.timestamp(first);
          copy.date(LocalDate.of(-4712, 1, 1));
          copy.row();
          copy.numeric(tiny.negate());
          copy.timestamp(last);
          copy.date(LocalDate.of(294_276, 12, 31));
        });
    List<BigDecimal> numbers =
        database.read(
            c -> Sql.of("select n from ends order by n desc").list(c, row -> row.numeric("n")));
    assertThat(numbers).containsExactly(huge, tiny.negate());
    assertThat(this.<Instant>first("select min(at) as at from ends", row -> row.instant("at")))
        .isEqualTo(first);
    assertThat(this.<Instant>first("select max(at) as at from ends", row -> row.instant("at")))
        .isEqualTo(last);
    assertThat(this.<LocalDate>first("select max(d) as d from ends", row -> row.date("d")))
        .isEqualTo(LocalDate.of(294_276, 12, 31));
  }

  @Test
  void refusesWhatCannotBeStoredAndLoadsNothing() {
    create("picky (n numeric, t text, at timestamptz, d date)");
    refused("picky", "t", copy -> copy.text("a\0"));
    refused("picky", "t", copy -> copy.text("a".repeat(100_000) + "\0"));
    refused("picky", "t", copy -> copy.text("\uD83D"));
    refused("picky", "t", copy -> copy.text("\uDE00\uD83D"));
    refused("picky", "t", copy -> copy.text("a".repeat(100_000) + "\uD83D"));
    refused("picky", "t", copy -> copy.textArray(List.of("a\0")));
    refused("picky", "t", copy -> copy.jsonb("\"\0\""));
    refused("picky", "n", copy -> copy.numeric(BigDecimal.ONE.movePointRight(131_072)));
    refused("picky", "n", copy -> copy.numeric(BigDecimal.ONE.movePointLeft(16_384)));
    refused("picky", "at", copy -> copy.timestamp(Instant.MAX));
    refused("picky", "at", copy -> copy.timestamp(Instant.MIN));
    refused("picky", "d", copy -> copy.date(LocalDate.MAX));
    assertThat(this.<Long>first("select count(*) as n from picky", row -> row.int8("n"))).isZero();
  }

  private void refused(String table, String column, Consumer<CopyIn> value) {
    StorageException thrown =
        Thrown.by(() ->
            load(
                table,
                List.of(column),
                copy -> {
                  copy.row();
                  StorageException refusal = Thrown.by(() -> value.accept(copy));
                  assertThatThrownBy(copy::finish).isInstanceOf(IllegalStateException.class);
                  assertThatThrownBy(copy::row).isInstanceOf(IllegalStateException.class);
                  throw refusal;
                }));
    assertThat(thrown.code()).isEqualTo(Code.BAD_VALUE);
    assertThat(thrown).hasMessageContaining("column \"" + column + "\"");
  }

  @Test
  void tellsMisuse() {
    create("misused (a int, b int)");
    List<String> columns = List.of("a", "b");
    assertThatThrownBy(() -> load("misused", columns, copy -> copy.int4(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call row() first");
    assertThatThrownBy(() ->
            load(
                "misused",
                columns,
                copy -> {
                  copy.row();
                  copy.int4(1);
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lacks [b]");
    assertThatThrownBy(() -> load("misused; drop", columns, copy -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> load("misused", List.of(), copy -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Thrown.by(() -> load("misused", List.of("a\" , \"b"), copy -> {})).code())
        .isEqualTo(Code.UNKNOWN);
  }

  @Test
  void cancelsWhenClosedWithoutFinish() {
    create("cancelled (a int)");
    boolean usable =
        database.write(c -> {
          try (CopyIn copy = CopyIn.into(c, "cancelled", List.of("a"))) {
            copy.row();
            copy.int4(1);
          }
          c.rollback();
          return Sql.of("select true as usable").one(c, row -> row.bool("usable"));
        });
    assertThat(usable).isTrue();
    assertThat(this.<Long>first("select count(*) as n from cancelled", row -> row.int8("n")))
        .isZero();
  }

  @Test
  void tellsWhatTheServerRefuses() {
    create("unique_numbers (a int primary key)");
    StorageException thrown =
        Thrown.by(() ->
            load(
                "unique_numbers",
                List.of("a"),
                copy -> {
                  for (int n = 0; n < 100_000; n++) {
                    copy.row();
                    copy.int4(n % 50_000);
                  }
                }));
    assertThat(thrown.code()).isEqualTo(Code.CONFLICT);
    assertThat(thrown.constraint()).contains("unique_numbers_pkey");
    assertThat(this.<Long>first("select count(*) as n from unique_numbers", row -> row.int8("n")))
        .isZero();
  }

  @Test
  void countsManyRows() {
    create("many (a int, t text)");
    long count =
        load(
            "many",
            List.of("t", "a"),
            copy ->
                IntStream.range(0, 50_000)
                    .forEach(n -> {
                      copy.row();
                      copy.text("row " + n);
                      copy.int4(n);
                    }));
    assertThat(count).isEqualTo(50_000);
    assertThat(
            this.<Boolean>first(
                "select bool_and(t = 'row ' || a) as same from many", row -> row.bool("same")))
        .isTrue();
  }

  private void create(String table) {
    database.write(c -> Sql.of("create table " + table).update(c));
  }

  private long load(String table, List<String> columns, Consumer<CopyIn> rows) {
    return database.write(c -> load(c, table, columns, rows));
  }

  static long load(Connection c, String table, List<String> columns, Consumer<CopyIn> rows) {
    try (CopyIn copy = CopyIn.into(c, table, columns)) {
      rows.accept(copy);
      return copy.finish();
    }
  }

  private <T> T first(String query, Sql.RowMapper<T> mapper) {
    return database.read(c -> Sql.of(query).one(c, mapper));
  }
}
