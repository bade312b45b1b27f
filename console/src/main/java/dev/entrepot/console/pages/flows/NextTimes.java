package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.schedules.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// When a schedule that is being written would begin runs.
final class NextTimes {
  private static final int SHOWN = 3;
  private static final List<String> ORDER = List.of("Next run", "Then", "And then");

  private NextTimes() {}

  static List<Part> of(String expression, String zone, Instant now) {
    if (expression.isBlank()) {
      return List.of(
          new Part.Message(
              Tone.INFO, "No schedule: a run begins only when somebody starts it.", null));
    }
    try {
      ZoneId place = zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone.strip());
      List<Instant> times = Schedule.parse(expression).next(now, now, place, SHOWN);
      return times.isEmpty()
          ? List.of(new Part.Message(Tone.BAD, expression + " never fires after now.", null))
          : List.of(new Part.Facts(facts(times)));
    } catch (DateTimeException e) {
      return List.of(
          new Part.Message(
              Tone.BAD,
              "There is no time zone “" + zone + "”; write one like America/Bogota.",
              null));
    } catch (IllegalArgumentException e) {
      return List.of(
          new Part.Message(Tone.BAD, Words.sentence(String.valueOf(e.getMessage())), null));
    }
  }

  private static List<Fact> facts(List<Instant> times) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      facts.add(new Fact(ORDER.get(i), Cell.time(times.get(i))));
    }
    return facts;
  }
}
