package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Patience;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Acts upon single dead letters, and says what came of it.
final class Letters {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Session session;
  private final Api api;

  Letters(Session session, Api api) {
    this.session = session;
    this.api = api;
  }

  static Query one(long number) {
    return Query.of("/inbox/dead-letters").segment(String.valueOf(number));
  }

  ExitCode retry(List<Long> numbers) {
    Acts acts = new Acts();
    for (long number : numbers) {
      acts.add(number, () -> api.post(one(number).segment("retry"), Api.object()));
    }
    return ended(acts, awaited(acts.done));
  }

  ExitCode skip(List<Long> numbers, String reason) {
    Acts acts = new Acts();
    ObjectNode body = Api.object().put("reason", reason);
    for (long number : numbers) {
      acts.add(number, () -> api.post(one(number).segment("skip"), body));
    }
    return ended(acts, acts.done);
  }

  /// What was done to letters, and what was refused: the refusal of one is none of the others.
  private static final class Acts {
    private final List<JsonNode> done = new ArrayList<>();
    private final Map<Long, ApiException> refused = new LinkedHashMap<>();

    void add(long number, Supplier<JsonNode> act) {
      try {
        done.add(act.get());
      } catch (ApiException e) {
        boolean nobodyThere =
            e.kind() == ApiException.Kind.UNREACHABLE || e.kind() == ApiException.Kind.UNAUTHORISED;
        if (nobodyThere && done.isEmpty() && refused.isEmpty()) {
          throw e;
        }
        refused.put(number, e);
      }
    }
  }

  /// Says of each what became of it.
  ///
  /// @throws ApiException the refusal, when one letter was named and it was refused
  private ExitCode ended(Acts acts, List<JsonNode> letters) {
    if (letters.isEmpty() && acts.refused.size() == 1) {
      throw acts.refused.values().iterator().next();
    }
    letters.forEach(letter -> tell(outcome(letter)));
    acts.refused.forEach((number, refusal) -> tell(refusal(number, refusal)));
    printJson(letters, acts.refused);
    boolean open = letters.stream().anyMatch(letter -> state(letter).equals("open"));
    return open || !acts.refused.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
  }

  private static String refusal(long number, ApiException refusal) {
    return "dead letter " + number + " was refused: " + refusal.getMessage();
  }

  /// @param file with the mended body; null: an editor is opened
  ExitCode edit(long number, @Nullable Path file) throws IOException {
    JsonNode letter = api.get(one(number));
    if (file != null) {
      return send(number, text(file.toString().equals("-") ? input() : read(file), file), null);
    }
    byte[] before = body(letter);
    Path draft = new Editor(session.options().environment()).edit("dead-letter-" + number, before);
    byte[] after = Files.readAllBytes(draft);
    if (java.util.Arrays.equals(before, after)) {
      Files.delete(draft);
      throw new CommandException(
          ExitCode.FAILED,
          "the body was not changed; nothing was done. To try it again as it is:"
              + " entrepot dead-letters retry "
              + number);
    }
    try {
      ExitCode code = send(number, text(after, draft), letter.path("edits").size());
      Files.delete(draft);
      return code;
    } catch (ApiException e) {
      session.terminal().note("your text is kept in " + draft);
      throw e;
    }
  }

  /// As it was edited last, else as it came.
  private byte[] body(JsonNode letter) throws IOException {
    JsonNode edits = letter.path("edits");
    if (!edits.isEmpty()) {
      return Values.text(edits.get(0), "body").getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    api.download(
        Query.of("/inbox/events").segment(Values.text(letter, "event")).segment("body"), body);
    return body.toByteArray();
  }

  /// @param edits that were known when the body was made; null: not compared
  private ExitCode send(long number, String body, @Nullable Integer edits) {
    ObjectNode edited = Api.object().put("body", body).put("edits", edits);
    JsonNode sent = api.post(one(number).segment("edit"), edited);
    return ended(new Acts(), awaited(List.of(sent)));
  }

  /// Waits a little for what comes of it: usually it is known at once.
  private List<JsonNode> awaited(List<JsonNode> acted) {
    Patience patience = new Patience(LONGEST_WAIT, PAUSE);
    List<JsonNode> ended = new ArrayList<>(acted);
    boolean open = true;
    while (open) {
      open = false;
      for (int i = 0; i < ended.size(); i++) {
        if (state(ended.get(i)).equals("retrying")) {
          ended.set(i, api.get(one(ended.get(i).path("id").asLong())));
          open |= state(ended.get(i)).equals("retrying");
        }
      }
      open &= patience.pause();
    }
    return ended;
  }

  private static String outcome(JsonNode letter) {
    String number = Values.text(letter, "id");
    return "dead letter "
        + number
        + switch (state(letter)) {
          case "resolved" -> " is resolved: its event was handled";
          case "retrying" ->
              " is being tried; what comes of it: entrepot dead-letters show " + number;
          case "open" -> " failed again: " + LetterReport.why(letter);
          default -> " is " + state(letter);
        };
  }

  private static String state(JsonNode letter) {
    return Values.text(letter, "state");
  }

  private void tell(String line) {
    if (!session.options().json()) {
      session.terminal().print(line);
    }
  }

  /// One gives itself, several a list of them and of what was refused.
  private void printJson(List<JsonNode> letters, Map<Long, ApiException> refused) {
    if (!session.options().json()) {
      return;
    }
    if (letters.size() + refused.size() == 1) {
      session.printJson(letters.getFirst());
      return;
    }
    ObjectNode list = Api.object();
    list.putArray("items").addAll(letters);
    ArrayNode refusals = list.putArray("refused");
    refused.forEach((number, refusal) ->
        refusals.addObject().put("id", number).put("detail", refusal.getMessage()));
    session.printJson(list);
  }

  private byte[] input() throws IOException {
    return session.terminal().in().readAllBytes();
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandException(
          ExitCode.USAGE, "\"" + file + "\" is no file that can be read; nothing was done");
    }
    return Files.readAllBytes(file);
  }

  private static String text(byte[] bytes, Path from) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "\"" + from + "\" is no UTF-8; save it as UTF-8 and give it with --file",
          e);
    }
  }
}
