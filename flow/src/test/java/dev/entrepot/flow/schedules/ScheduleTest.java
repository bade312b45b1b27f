package dev.entrepot.flow.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /// A Saturday.
  private static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 10 * * ? *            | 2026-11-22T10:00 2026-11-23T10:00",
        "15 12 * * ? *           | 2026-11-21T12:15 2026-11-22T12:15",
        "0 18 ? * MON-FRI *      | 2026-11-23T18:00 2026-11-24T18:00",
        "0 8 1 * ? *             | 2026-12-01T08:00 2027-01-01T08:00",
        "0/15 * * * ? *          | 2026-11-21T11:15 2026-11-21T11:30",
        "0/10 * ? * MON-FRI *    | 2026-11-23T00:00 2026-11-23T00:10",
        "0/5 8-17 ? * mon-fri *  | 2026-11-23T08:00 2026-11-23T08:05",
        "0 9 ? * 2#1 *           | 2026-12-07T09:00 2027-01-04T09:00",
        "0 10 ? * FRI#5 *        | 2027-01-29T10:00 2027-04-30T10:00",
        "0 8 L * ? *             | 2026-11-30T08:00 2026-12-31T08:00",
        "0 8 LW * ? *            | 2026-11-30T08:00 2026-12-31T08:00 2027-01-29T08:00",
        "0 8 15W * ? *           | 2026-12-15T08:00 2027-01-15T08:00 2027-02-15T08:00",
        "0 8 1W 8 ? *            | 2027-08-02T08:00 2028-08-01T08:00",
        "0 8 1W 5 ? *            | 2027-05-03T08:00 2028-05-01T08:00 2029-05-01T08:00",
        "0 8 31W * ? *           | 2026-12-31T08:00 2027-01-29T08:00 2027-03-31T08:00",
        "0 8 ? * 6L *            | 2026-11-27T08:00 2026-12-25T08:00",
        "0 8 ? * L *             | 2026-11-28T08:00 2026-12-05T08:00",
        "0 0 29 2 ? *            | 2028-02-29T00:00 2032-02-29T00:00",
        "0 12 ? JAN-MAR/2 SUN *  | 2027-01-03T12:00 2027-01-10T12:00",
        "0 0 1 1 ? 2199          | 2199-01-01T00:00",
        "0 6,18 1,15 * ? 2027/2  | 2027-01-01T06:00 2027-01-01T18:00",
      })
  void firesAtTheTimesThatAwsDocuments(String expression, String times) {
    Schedule schedule = Schedule.parse("cron(" + expression + ")");
    List<Instant> expected =
        Arrays.stream(times.split(" "))
            .map(time -> LocalDateTime.parse(time).toInstant(ZoneOffset.UTC))
            .toList();

    assertThat(schedule.next(NOW, NOW, ZoneOffset.UTC, expected.size())).isEqualTo(expected);
  }

  @Test
  void readsClocksInItsZone() {
    Schedule schedule = Schedule.parse("cron(0 2 * * ? *)");

    assertThat(schedule.next(NOW, NOW, ZoneId.of("America/Bogota")))
        .contains(Instant.parse("2026-11-22T07:00:00Z"));
  }

  @Test
  void skipsTimesThatTheClockSkipsAndTakesThoseItRepeatsOnce() {
    Schedule schedule = Schedule.parse("cron(30 2 * * ? *)");
    ZoneId zone = ZoneId.of("Europe/Berlin");

    assertThat(schedule.next(Instant.parse("2026-03-28T12:00:00Z"), NOW, zone))
        .contains(Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(schedule.next(Instant.parse("2026-10-24T12:00:00Z"), NOW, zone, 2))
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void countsRatesFromTheirAnchor() {
    Schedule schedule = Schedule.parse("rate(6 hours)");
    Instant anchor = Instant.parse("2026-11-20T01:30:00Z");

    assertThat(schedule.next(NOW, anchor, ZoneOffset.UTC, 2))
        .containsExactly(
            Instant.parse("2026-11-21T13:30:00Z"), Instant.parse("2026-11-21T19:30:00Z"));
    assertThat(schedule.next(anchor, anchor, ZoneOffset.UTC))
        .contains(Instant.parse("2026-11-20T07:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "6 hours",
        "rate(6)",
        "rate(0 hours)",
        "rate(1 hours)",
        "rate(2 hour)",
        "rate(6 weeks)",
        "rate(-1 hours)",
        "rate(1.5 hours)",
        "cron()",
        "cron(0 10 * * ?)",
        "cron(0 10 * * * *)",
        "cron(0 10 ? * ? *)",
        "cron(60 10 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 32 * ? *)",
        "cron(0 0 ? * 0 *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 ? * MON#6 *)",
        "cron(5/0 * * * ? *)",
        "cron(*/90 * * * ? *)",
        "cron(30-10 * * * ? *)",
        "cron(, * * * ? *)",
        "cron(0 0 1 FOO ? *)",
        "cron(0 0 1 1 ? 1969)",
        "cron(0 0 W * ? *)",
        "cron(0 0 ? * #1 *)",
        "cron(0 0 L-3 * ? *)",
        "every day"
      })
  void refusesWhatAwsDoesNotTake(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0 0 30 2 ? *)",
        "cron(0 0 31 4,6 ? *)",
        "cron(0 0 1 1 ? 2020)",
        "cron(0 0 29 2 ? 2027/4)"
      })
  void tellsOfSchedulesThatNeverFire(String text) {
    var problems = new ConfigProblems();
    new SchedulePlan(text, ZoneOffset.UTC, CatchUp.ONCE).check("sync_schedule", NOW, problems);

    assertThat(problems.all())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.place()).isEqualTo("sync_schedule");
          assertThat(problem.message()).contains("never fires").contains(text);
        });
    assertThat(problems.all()).allMatch(ConfigProblem::refuses);
  }

  @Property(tries = 300)
  void isReadOrExplainedAndThenMovesForward(@ForAll("fields") List<String> fields) {
    String text = "cron(" + String.join(" ", fields) + ")";
    try {
      List<Instant> times = Schedule.parse(text).next(NOW, NOW, ZoneOffset.UTC, 3);
      assertThat(times).isSorted().doesNotHaveDuplicates().allMatch(time -> time.isAfter(NOW));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<List<String>> fields() {
    return Arbitraries.of(
            "*",
            "?",
            "0",
            "1",
            "5",
            "31",
            "L",
            "LW",
            "15W",
            "6L",
            "MON",
            "2#5",
            "1-5",
            "0/15",
            "*/7",
            "1,2",
            "2027",
            "2026-2030",
            "JAN",
            "99",
            "")
        .list()
        .ofMinSize(5)
        .ofMaxSize(7);
  }
}
