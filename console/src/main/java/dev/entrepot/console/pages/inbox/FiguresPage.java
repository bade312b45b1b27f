package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.ChartData;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.intake.MinuteFigures;
import dev.entrepot.inbox.lanes.HandedOn;
import dev.entrepot.inbox.lanes.LaneFigures;
import dev.entrepot.inbox.lanes.WaitingAge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the inbox did in the last hour, as charts by the minute.
final class FiguresPage {
  private static final int MINUTES = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  private final Shell shell;
  private final Inbox inbox;
  private final Clock clock;

  FiguresPage(Shell shell, Inbox inbox, Clock clock) {
    this.shell = shell;
    this.inbox = inbox;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            InboxTabs.FIGURES.path(),
            "pages.inbox.figures",
            Access.needs(Permission.READ_INBOX),
            this::show));
  }

  private Answer show(Exchange exchange) {
    Instant to = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    Instant from = to.minus(Duration.ofMinutes(MINUTES));
    List<Instant> minutes = new ArrayList<>();
    for (Instant minute = from; minute.isBefore(to); minute = minute.plusSeconds(60)) {
      minutes.add(minute);
    }
    Map<Instant, MinuteFigures> intake =
        MinuteFigures.together(inbox.figures().between(from, to, null)).stream()
            .collect(Collectors.toMap(MinuteFigures::minute, Function.identity()));
    Map<Instant, Long> handedOn = new HashMap<>();
    for (HandedOn one : inbox.states().handedOn(from, to, Duration.ofMinutes(1))) {
      handedOn.merge(one.from().truncatedTo(ChronoUnit.MINUTES), one.events(), Long::sum);
    }
    Map<Instant, Duration> waited =
        inbox.waitingAges().between(from, to).stream()
            .collect(Collectors.toMap(WaitingAge::minute, WaitingAge::oldest));
    return shell.show(
        exchange,
        InboxTabs.FIGURES
            .page("The last hour by the minute, all connections together; times are UTC.")
            .with(
                new Part.Tiles("Now", tiles(inbox.states().figures(null))),
                Part.columns(
                    panel("came", "What came", came(minutes, intake)),
                    panel("handed", "Handed on", handed(minutes, handedOn))),
                Part.columns(
                    panel("latency", "Time to the answer", latency(minutes, intake)),
                    panel("waited", "Oldest waiting event", waited(minutes, waited))),
                Part.panel("chores", "Done now and then", ChoreTable.of(inbox.chores().last()))));
  }

  private static Part panel(String id, String title, ChartData chart) {
    return Part.panel(id, title, new Part.Chart(chart));
  }

  private static List<Tile> tiles(LaneFigures figures) {
    Duration oldest =
        figures.oldestBacklog().compareTo(figures.oldestWaiting()) > 0
            ? figures.oldestBacklog()
            : figures.oldestWaiting();
    long held = figures.backlog() + figures.waiting();
    Tile waiting =
        Tile.of("Oldest waiting event", oldest.isZero() ? "–" : Figures.duration(oldest))
            .note(Figures.count(held) + " not done yet");
    return List.of(
        held == 0 ? waiting : waiting.tone(Tone.WAIT),
        Tile.of("Handed on", Figures.count(figures.books().received()))
            .note("of all events still kept"),
        Tile.of("Written", Figures.count(figures.books().written())).note("changed something"),
        Tile.of("Unchanged", Figures.count(figures.books().unchanged())).note("known already"),
        Tile.of("Skipped", Figures.count(figures.books().skipped()))
            .note("not wanted, or left out"),
        Tile.of("Rejected", Figures.count(figures.books().rejected())).note("dead letters"));
  }

  private static List<String> labels(List<Instant> minutes) {
    return minutes.stream().map(TIME::format).toList();
  }

  private static ChartData came(List<Instant> minutes, Map<Instant, MinuteFigures> intake) {
    return new ChartData(
        "came-per-minute",
        "Deliveries per minute",
        ChartData.Kind.STACK,
        "Minute",
        labels(minutes),
        List.of(
            series("Accepted", ChartData.Ink.WRITTEN, minutes, intake, MinuteFigures::accepted),
            series(
                "Duplicates", ChartData.Ink.UNCHANGED, minutes, intake, MinuteFigures::duplicates),
            series("Refused", ChartData.Ink.REJECTED, minutes, intake, FiguresPage::refused)),
        null);
  }

  private static long refused(MinuteFigures figures) {
    return figures.refused().values().stream().mapToLong(Long::longValue).sum();
  }

  private static ChartData.Series series(
      String name,
      ChartData.Ink ink,
      List<Instant> minutes,
      Map<Instant, MinuteFigures> intake,
      Function<MinuteFigures, Long> figure) {
    return ChartData.Series.of(
        name,
        ink,
        minutes.stream()
            .map(minute -> {
              MinuteFigures figures = intake.get(minute);
              return figures == null ? 0L : figure.apply(figures);
            })
            .toList());
  }

  private static ChartData handed(List<Instant> minutes, Map<Instant, Long> handedOn) {
    return new ChartData(
        "handed-on-per-minute",
        "Events handed on per minute",
        ChartData.Kind.BAR,
        "Minute",
        labels(minutes),
        List.of(
            ChartData.Series.of(
                "Handed on",
                ChartData.Ink.ACCENT,
                minutes.stream().map(minute -> handedOn.getOrDefault(minute, 0L)).toList())),
        null);
  }

  /// Nothing is drawn for minutes in which nothing came.
  private static ChartData latency(List<Instant> minutes, Map<Instant, MinuteFigures> intake) {
    return new ChartData(
        "latency-per-minute",
        "Time from a delivery to its answer, in milliseconds",
        ChartData.Kind.LINE,
        "Minute",
        labels(minutes),
        List.of(
            quantile("Half within", ChartData.Ink.ACCENT, minutes, intake, 0.5),
            quantile("99 % within", ChartData.Ink.SKIPPED, minutes, intake, 0.99)),
        "ms");
  }

  private static ChartData.Series quantile(
      String name,
      ChartData.Ink ink,
      List<Instant> minutes,
      Map<Instant, MinuteFigures> intake,
      double share) {
    List<@Nullable BigDecimal> values = new ArrayList<>();
    for (Instant minute : minutes) {
      MinuteFigures figures = intake.get(minute);
      values.add(
          figures == null
              ? null
              : BigDecimal.valueOf(figures.latency().quantile(share).toMillis()));
    }
    return new ChartData.Series(name, ink, values);
  }

  /// Nothing is drawn for minutes in which nobody measured.
  private static ChartData waited(List<Instant> minutes, Map<Instant, Duration> waited) {
    List<@Nullable BigDecimal> values = new ArrayList<>();
    for (Instant minute : minutes) {
      Duration oldest = waited.get(minute);
      values.add(oldest == null ? null : seconds(oldest));
    }
    return new ChartData(
        "oldest-waiting-per-minute",
        "Age of the oldest event not done yet, in seconds",
        ChartData.Kind.LINE,
        "Minute",
        labels(minutes),
        List.of(new ChartData.Series("Oldest", ChartData.Ink.ACCENT, values)),
        "s");
  }

  /// Tenths below ten seconds.
  private static BigDecimal seconds(Duration age) {
    return BigDecimal.valueOf(age.toMillis(), 3)
        .setScale(age.toSeconds() < 10 ? 1 : 0, RoundingMode.HALF_UP);
  }
}
