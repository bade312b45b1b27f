package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// What goes in by COPY comes out as the same number, with the same number of decimals.
class NumericEncodingPropertyTest {

  private static @Nullable Database database;

  @BeforeContainer
  static void open() {
    Database fresh = TestDatabase.fresh();
    fresh.write(c -> Sql.of("create table number (line int, n numeric)").update(c));
    database = fresh;
  }

  @AfterContainer
  static void close() {
    opened().close();
  }

  @Property(tries = 60)
  void longsWithAScale(@ForAll("longs") List<Long> unscaled, @ForAll("scales") int scale) {
    List<BigDecimal> expected = new ArrayList<>();
    List<BigDecimal> read =
        roundTrip(copy -> {
          for (int line = 0; line < unscaled.size(); line++) {
            copy.row();
            copy.int4(line);
            copy.numeric(unscaled.get(line), scale);
            expected.add(normal(BigDecimal.valueOf(unscaled.get(line), scale)));
          }
        });
    assertThat(read).isEqualTo(expected);
  }

  @Property(tries = 60)
  void decimals(@ForAll("decimals") List<BigDecimal> values) {
    List<BigDecimal> read =
        roundTrip(copy -> {
          for (int line = 0; line < values.size(); line++) {
            copy.row();
            copy.int4(line);
            copy.numeric(values.get(line));
          }
        });
    assertThat(read).isEqualTo(values.stream().map(NumericEncodingPropertyTest::normal).toList());
  }

  /// PostgreSQL knows no negative scale.
  private static BigDecimal normal(BigDecimal value) {
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private static List<BigDecimal> roundTrip(Consumer<CopyIn> rows) {
    return opened()
        .write(c -> {
          Sql.of("truncate number").update(c);
          CopyInTest.load(c, "number", List.of("line", "n"), rows);
          return Sql.of("select n from number order by line").list(c, row -> row.numeric("n"));
        });
  }

  private static Database opened() {
    if (database == null) {
      throw new IllegalStateException("not opened");
    }
    return database;
  }

  @Provide
  Arbitrary<List<Long>> longs() {
    return Arbitraries.longs()
        .edgeCases(edges -> edges.add(0L, 1L, -1L, 9_999L, 10_000L, Long.MIN_VALUE, Long.MAX_VALUE))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Integer> scales() {
    return Arbitraries.integers().between(-20, 40);
  }

  @Provide
  Arbitrary<List<BigDecimal>> decimals() {
    Arbitrary<BigInteger> unscaled =
        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60));
    return Combinators.combine(unscaled, Arbitraries.integers().between(-80, 120))
        .as(BigDecimal::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
