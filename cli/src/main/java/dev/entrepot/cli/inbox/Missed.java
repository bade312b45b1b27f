package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a destination was not told of while it was disabled.
final class Missed {
  private static final int SAMPLE = 20;

  private final Session session;
  private final Api api;
  private final String destination;

  Missed(Session session, Api api, String destination) {
    this.session = session;
    this.api = api;
    this.destination = destination;
  }

  private Query place() {
    return Query.of("/destinations").segment(destination).segment("missed");
  }

  /// Beside other things about the destination, if there is something to say; quick.
  ExitCode hint() {
    JsonNode missed = api.get(place().with("look", "some"));
    if (Values.number(missed, "events") > 0 || more(missed) || disabled(missed)) {
      session.terminal().note(words(missed) + next(missed));
    }
    return ExitCode.OK;
  }

  ExitCode tell() {
    JsonNode missed = all();
    if (session.options().json()) {
      session.printJson(missed);
    } else {
      session.terminal().print(words(missed));
      missed.path("sample").forEach(event -> session.terminal().print("  " + event.asString()));
      if (!next(missed).isEmpty()) {
        session.terminal().note("nothing was done" + next(missed));
      }
    }
    return ExitCode.OK;
  }

  /// Of one search after the other, each through a part of the log: their sum.
  private JsonNode all() {
    ObjectNode all = search("");
    while (!Values.text(all, "next").isEmpty()) {
      ObjectNode more = search(Values.text(all, "next"));
      all.put("events", Values.number(all, "events") + Values.number(more, "events"));
      for (JsonNode event : more.path("sample")) {
        if (all.path("sample").size() < SAMPLE) {
          all.withArray("sample").add(event);
        }
      }
      all.set("more", more.path("more"));
      all.set("next", more.path("next"));
    }
    return all;
  }

  private ObjectNode search(String after) {
    return (ObjectNode) api.get(place().with("after", after.isEmpty() ? null : after));
  }

  /// By a replay of those that each search finds.
  ExitCode send() {
    List<JsonNode> replays = new ArrayList<>();
    String after = "";
    do {
      ObjectNode found = search(after);
      String next = Values.text(found, "next");
      boolean none = Values.number(found, "events") == 0;
      // With nothing at all to send, the server says why.
      if (!none || (next.isEmpty() && replays.isEmpty())) {
        replays.add(sent(after));
      }
      after = next;
    } while (!after.isEmpty());
    if (session.options().json()) {
      session.printJson(replays.size() == 1 ? replays.getFirst() : list(replays));
    }
    return ExitCode.OK;
  }

  private JsonNode sent(String after) {
    ObjectNode wish = Api.object();
    if (!after.isEmpty()) {
      wish.put("after", after);
    }
    JsonNode replay = api.post(place(), wish);
    if (!session.options().json()) {
      session
          .terminal()
          .print(
              Values.count(replay, "events")
                  + " events are sent to "
                  + destination
                  + " by replay "
                  + Values.text(replay, "id"));
    }
    return replay;
  }

  private static JsonNode list(List<JsonNode> replays) {
    ObjectNode list = Api.object();
    list.putArray("items").addAll(replays);
    return list;
  }

  private static boolean disabled(JsonNode missed) {
    return !Values.text(missed, "since").isEmpty() && Values.text(missed, "until").isEmpty();
  }

  private static boolean more(JsonNode missed) {
    return missed.path("more").asBoolean(false);
  }

  private String words(JsonNode missed) {
    if (Values.text(missed, "since").isEmpty()) {
      return "destination " + destination + " was never disabled; it has missed nothing";
    }
    String events =
        Values.number(missed, "events") == 0 && more(missed)
            ? "events may have"
            : (more(missed) ? "at least " : "") + Values.count(missed, "events") + " events";
    String since = Values.second(missed, "since");
    String until = Values.second(missed, "until");
    if (Values.number(missed, "outages") > 1) {
      String times = Values.count(missed, "outages") + " times since " + since;
      return disabled(missed)
          ? "it was disabled %s, and is; %s passed it by".formatted(times, events)
          : "it was disabled %s, until %s at last; %s passed it by".formatted(times, until, events);
    }
    return disabled(missed)
        ? "it is disabled since %s; %s passed it by since".formatted(since, events)
        : "it was disabled from %s until %s; %s passed it by".formatted(since, until, events);
  }

  private String next(JsonNode missed) {
    if (disabled(missed)) {
      return "; enable it, then send them: entrepot destination missed " + destination + " --yes";
    }
    if (Values.number(missed, "events") == 0 && more(missed)) {
      return "; look for them: entrepot destination missed " + destination;
    }
    return Values.number(missed, "events") == 0
        ? ""
        : "; send them: entrepot destination missed " + destination + " --yes";
  }
}
