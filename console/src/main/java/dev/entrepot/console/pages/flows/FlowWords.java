package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import java.util.List;

/// States and choices of the sync, for people.
final class FlowWords {
  private FlowWords() {}

  static Badge state(Run run) {
    if (run.state() == RunState.RUNNING && run.wish() != null) {
      return switch (run.wish()) {
        case PAUSE -> Badge.of(Tone.WAIT, "Pausing");
        case CANCEL -> Badge.of(Tone.WAIT, "Cancelling");
      };
    }
    if (run.overtakenBy() != null) {
      return Badge.of(Tone.QUIET, "Overtaken");
    }
    return discarded(run) ? Badge.of(Tone.QUIET, "Discarded") : state(run.state());
  }

  /// Whether it is a plan that nobody wanted to be carried out.
  static boolean discarded(Run run) {
    return run.mode() == RunMode.PLAN && !run.applied() && run.state() == RunState.CANCELLED;
  }

  static Badge state(RunState state) {
    return switch (state) {
      case QUEUED -> Badge.of(Tone.WAIT, "Queued");
      case RUNNING -> Badge.of(Tone.BUSY, "Running");
      case PAUSED -> Badge.of(Tone.WAIT, "Paused");
      case PLANNED -> Badge.of(Tone.INFO, "Planned");
      case SUCCESS -> Badge.of(Tone.GOOD, "Success");
      case PARTIAL -> Badge.of(Tone.WARN, "Partial");
      case FAILED -> Badge.of(Tone.BAD, "Failed");
      case CANCELLED -> Badge.of(Tone.QUIET, "Cancelled");
    };
  }

  static Badge outcome(Outcome outcome) {
    return switch (outcome) {
      case PENDING -> Badge.of(Tone.WAIT, "Pending");
      case WRITTEN -> Badge.of(Tone.GOOD, "Written");
      case UNCHANGED -> Badge.of(Tone.QUIET, "Unchanged");
      case REJECTED -> Badge.of(Tone.BAD, "Rejected");
      case SKIPPED -> Badge.of(Tone.QUIET, "Skipped");
    };
  }

  static String change(Change change) {
    return switch (change) {
      case CREATE -> "Create";
      case UPDATE -> "Update";
      case DELETE -> "Delete";
    };
  }

  static String mode(RunMode mode) {
    return switch (mode) {
      case INITIAL -> "Initial";
      case INCREMENTAL -> "Incremental";
      case PLAN -> "Plan";
    };
  }

  /// The same of a run; a plan that is applied is told from one that waits.
  static String mode(Run run) {
    return run.applied() ? "Plan, applied" : mode(run.mode());
  }

  static String title(Run run) {
    return run.mode() != RunMode.PLAN
        ? mode(run.mode()) + " run of " + run.tenant()
        : run.applied() ? "Applied plan for " + run.tenant() : "Plan for " + run.tenant();
  }

  static String catchUp(CatchUp catchUp) {
    return switch (catchUp) {
      case SKIP -> "Leave out";
      case ONCE -> "One run for all";
      case ALL -> "One run each";
    };
  }

  /// How many of the records that were judged succeeded.
  static String success(Books books) {
    long well = books.written() + books.unchanged();
    return Figures.share(well, well + books.rejected());
  }

  /// All problems as sentences, in one text.
  static String problems(List<ConfigProblem> problems) {
    return String.join(" ", problems.stream().map(FlowWords::problem).toList());
  }

  static String problem(ConfigProblem problem) {
    return Words.sentence(problem.message() + "; " + problem.remedy());
  }
}
