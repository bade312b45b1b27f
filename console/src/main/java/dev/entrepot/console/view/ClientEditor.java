package dev.entrepot.console.view;

import java.util.List;

/// The page on which a client of the sync is made or changed: its next runs are shown while its
/// schedule is written, and its systems can be tried before it is saved.
///
/// @param steps what is to be done here, above the form
/// @param form the client; the place of the next runs is behind its field [#LAST_OF_SCHEDULE]
/// @param scheduleAction where the schedule is looked at: answers a [Fragment]
/// @param times the next runs
/// @param checkAction where the systems are tried: answers a [Fragment] to a script, else this page
/// @param checked what they answered
public record ClientEditor(
    Frame frame,
    Heading heading,
    List<Part> steps,
    FormView form,
    String scheduleAction,
    List<Part> times,
    String checkAction,
    List<Part> checked)
    implements View {
  /// The field behind which the next runs are shown.
  public static final String LAST_OF_SCHEDULE = "timezone";

  public ClientEditor {
    steps = List.copyOf(steps);
    times = List.copyOf(times);
    checked = List.copyOf(checked);
  }

  @Override
  public String template() {
    return "page/clientEditor.jte";
  }
}
