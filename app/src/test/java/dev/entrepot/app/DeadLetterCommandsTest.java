package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `dead-letters` against the real program; see [InboxCommands].
class DeadLetterCommandsTest extends InboxCommands {
  @Test
  void aDeadLetterIsMendedFromAFileOrSkipped() throws IOException {
    String poison = order(10, "{\"id\":10,");
    long number = letter(poison);
    assertThat(ok("dead-letters", "show", "" + number).out())
        .contains("MALFORMED", "line 1", key(10));
    assertThat(ok("dead-letters", "list", "--key", key(10)).out()).contains("MALFORMED", "open");
    assertThat(ok("dead-letters", "causes").out()).contains("MALFORMED", "reading");
    CommandRun again = run("dead-letters", "retry", "" + number);
    assertThat(again.code()).as("it fails again").isEqualTo(1);
    assertThat(again.out()).contains("failed again: MALFORMED");
    Path mended = Files.writeString(files.resolve("mended.json"), body(10, 2));
    assertThat(ok("dead-letters", "edit", "" + number, "--file", mended.toString()).out())
        .contains("is resolved");
    assertThat(state(poison)).isEqualTo("written");
    assertThat(ok("events", "body", poison).out()).as("what came is kept").isEqualTo("{\"id\":10,");

    long other = letter(order(11, "{\"id\":11,"));
    assertThat(with(body(11, 2), "dead-letters", "edit", "" + other, "--file", "-").out())
        .contains("is resolved");
    long third = letter(order(12, "{\"id\":12,"));
    assertThat(ok("dead-letters", "skip", "" + third, "--reason", "no use").out())
        .contains("is skipped");
    assertThat(json("dead-letters", "show", "" + third, "-o", "json").path("note").asString())
        .isEqualTo("no use");
    refused(1, "there is no dead letter 99999", "dead-letters", "show", "99999");
    refused(
        1,
        "dead letter " + third + " is skipped since ",
        "dead-letters",
        "skip",
        "" + third,
        "--reason",
        "again");
    assertThat(ok("trace", key(10)).out())
        .containsSubsequence(
            "received", "given up", "tried again", "given up", "mended", "written");
    JsonNode mendedEvent = json("events", "show", poison, "-o", "json");
    assertThat(mendedEvent.path("history").get(5).path("at"))
        .isEqualTo(mendedEvent.path("settled_at"));
    assertThat(ok("events", "show", poison).out())
        .containsSubsequence("given up", "mended", "by API key local", "written");
    refused(2, "is no file that can be read", "dead-letters", "edit", "" + third, "--file", "no");
    Path binary = Files.write(files.resolve("binary"), new byte[] {'"', (byte) 0xff, '"'});
    refused(1, "is no UTF-8", "dead-letters", "edit", "" + third, "--file", binary.toString());
  }

  @Test
  void aDeadLetterIsMendedInAnEditor() throws IOException {
    long number = letter(order(13, "{\"id\":13,"));
    Path editor = files.resolve("editor.sh");
    Files.writeString(editor, "printf '%s' '" + body(13, 3) + "' > \"$1\"\n");
    assertThat(edit("sh " + editor, number).out()).contains("is resolved");
    long unchanged = letter(order(14, "{\"id\":14,"));
    CommandRun left = edit("true", unchanged);
    assertThat(left.code()).isEqualTo(1);
    assertThat(left.err()).contains("the body was not changed; nothing was done");
    assertThat(edit("false", unchanged).err()).contains("ended with 1; nothing was done");
    CommandRun without = edit(" ", unchanged);
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("set EDITOR");
    assertThat(json("dead-letters", "show", "" + unchanged, "-o", "json").path("state").asString())
        .isEqualTo("open");
  }

  @Test
  void theEditorOpensWhatWasMendedLast() throws IOException {
    long number = letter(order(18, "{\"id\":18,"));
    String last = "{\"id\":18,\"b";
    for (String half : List.of("{\"id\":18,\"a", last)) {
      assertThat(with(half, "dead-letters", "edit", "" + number, "--file", "-").out())
          .contains("failed again");
    }
    Path seen = files.resolve("seen.json");
    Path editor = files.resolve("looking.sh");
    Files.writeString(
        editor, "cp \"$1\" '%s'\nprintf '%%s' '%s' > \"$1\"\n".formatted(seen, body(18, 3)));
    assertThat(edit("sh " + editor, number).out()).contains("is resolved");
    assertThat(Files.readString(seen)).isEqualTo(last);
  }

  private static CommandRun edit(String editor, long number) {
    return CommandRun.of(
        Map.of("ENTREPOT_DATA", data.toString(), "EDITOR", editor),
        "",
        "dead-letters",
        "edit",
        "" + number);
  }

  @Test
  void manyDeadLettersArePlannedFirst() {
    String topic = "nonesuch/created";
    for (int i = 0; i < 3; i++) {
      settled(send("shop", SECRET, "many-" + i, topic, body(20 + i, 1)).event());
    }
    CommandRun plan = ok("dead-letters", "retry", "--topic", topic);
    assertThat(plan.out()).startsWith("NUMBER").contains("TENANT", "UNKNOWN_TOPIC");
    assertThat(plan.err()).contains("would be tried again: 3", "nothing was done");
    assertThat(ok("dead-letters", "causes", "--topic", topic).out()).contains("TENANT");
    assertThat(json("dead-letters", "list", "--topic", topic, "-o", "json").path("items"))
        .hasSize(3);
    CommandRun retried = run("dead-letters", "retry", "--topic", topic, "--yes");
    assertThat(retried.out()).contains("dead letters: 3; 3 failed again");
    assertThat(retried.code()).isEqualTo(1);
    JsonNode skip =
        json("dead-letters", "skip", "--topic", topic, "--reason", "not ours", "-o", "json");
    String id = skip.path("id").asString();
    assertThat(ok("dead-letters", "apply", id).out()).contains("dead letters: 3; 3 skipped");
    refused(1, "there is no plan " + id, "dead-letters", "apply", id);
    assertThat(ok("dead-letters", "list", "--topic", topic, "--state", "skipped").out())
        .contains("skipped");
    assertThat(ok("dead-letters", "skip", "--topic", topic, "--reason", "not ours", "--yes").err())
        .contains("no open dead letter fits");
    refused(1, "state", "dead-letters", "list", "--state", "rotten");
  }

  @Test
  void aKeyIsHeldAndLetGo() {
    refused(1, "no event of key", "dead-letters", "park", key(30), "--reason", "asked the shop");
    ok("dead-letters", "park", key(30), "--reason", "asked the shop", "--force");
    String event = order(30);
    assertThat(state(event)).isEqualTo("parked");
    assertThat(ok("dead-letters", "held").out()).contains(key(30), "parked", "asked the shop");
    refused(1, key(30), "dead-letters", "park", key(30), "--reason", "again");
    ok("dead-letters", "release", key(30));
    Patience.await("the release of " + event, () -> state(event).equals("written"));
    refused(1, "is not parked", "dead-letters", "release", key(30));
    assertThat(ok("trace", key(30)).out())
        .containsSubsequence(
            "key parked", "asked the shop", "received", "waiting", "key released", "written");
  }

  @Test
  void whatIsRefusedOfSeveralDeadLettersKeepsNoOtherBack() {
    long first = letter(order(15, "{\"id\":15,"));
    long second = letter(order(16, "{\"id\":16,"));
    CommandRun skipped =
        run("dead-letters", "skip", "" + first, "99999", "" + second, "--reason", "no use");
    assertThat(skipped.code()).isEqualTo(1);
    assertThat(skipped.out())
        .contains("dead letter " + first + " is skipped", "dead letter " + second + " is skipped")
        .contains("dead letter 99999 was refused: there is no dead letter 99999");
    long third = letter(order(17, "{\"id\":17,"));
    CommandRun tried = run("dead-letters", "retry", "" + first, "" + third, "-o", "json");
    assertThat(tried.code()).isEqualTo(1);
    assertThat(tried.json().at("/items/0/id").asLong()).isEqualTo(third);
    assertThat(tried.json().at("/refused/0/id").asLong()).isEqualTo(first);
    assertThat(tried.json().at("/refused/0/detail").asString()).contains("is skipped since");
  }
}
