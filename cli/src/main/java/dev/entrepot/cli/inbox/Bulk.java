package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Does something to many dead letters: shows a plan, and carries it out when asked to.
final class Bulk {
  private static final Query PLANS = Query.of("/inbox/dead-letters/plans");

  private final Session session;
  private final Api api;

  Bulk(Session session, Api api) {
    this.session = session;
    this.api = api;
  }

  ExitCode run(String act, @Nullable String reason, BulkNarrowing narrowing) {
    narrowing.require(api);
    ObjectNode wish = Api.object().put("act", act);
    narrowing.into(wish);
    if (reason != null) {
      wish.put("reason", reason);
    }
    JsonNode plan = api.post(PLANS, wish);
    long letters = Values.number(plan, "letters");
    if (letters > 0 && narrowing.yes()) {
      return apply(Values.text(plan, "id"));
    }
    if (session.options().json()) {
      session.printJson(plan);
    } else if (letters == 0) {
      session.terminal().note("no open dead letter fits; nothing to do");
    } else {
      show(act, plan, letters);
    }
    return ExitCode.OK;
  }

  private void show(String act, JsonNode plan, long letters) {
    session
        .terminal()
        .note(
            (act.equals("retry") ? "would be tried again: " : "would be skipped: ")
                + Values.grouped(letters)
                + (letters > plan.path("sample").size() ? "; the first of them:" : ""));
    LetterReport.listing().table(plan.path("sample")).print(session.terminal());
    session
        .terminal()
        .note(
            "nothing was done; carry it out with: entrepot dead-letters apply "
                + Values.text(plan, "id")
                + "\nor say it again with --yes");
  }

  /// Carries a plan out, and says what came of it.
  ExitCode apply(String plan) {
    JsonNode applied =
        api.post(
            Query.of("/inbox/dead-letters/plans").segment(plan).segment("apply"), Api.object());
    session.printDone(
        applied, "dead letters: " + Values.count(applied, "letters") + "; " + told(applied));
    long retrying = Values.number(applied, "retrying");
    if (retrying > 0) {
      session.terminal().note("what comes of the others: entrepot dead-letters list --state any");
    }
    return Values.number(applied, "failed") > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private static String told(JsonNode applied) {
    List<String> parts = new ArrayList<>();
    add(parts, applied, "resolved", "resolved");
    add(parts, applied, "failed", "failed again");
    add(parts, applied, "retrying", "still being tried");
    add(parts, applied, "skipped", "skipped");
    return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
  }

  private static void add(List<String> parts, JsonNode applied, String name, String words) {
    if (Values.number(applied, name) > 0) {
      parts.add(Values.count(applied, name) + " " + words);
    }
  }
}
