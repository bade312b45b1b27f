package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.EventState.State;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Repeat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events and dead letters by their states, over real HTTP, used without scripts.
class EventPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);

  @BeforeAll
  static void furnish() {
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static String shown(String path) {
    Reply reply = Visit.of(CONSOLE, "operator@example.com").open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static DeadEvent letter(String id) {
    return CONSOLE
        .inbox()
        .desk()
        .list(new DeadEventFilter(null, null, "plain/" + id, null, null), null, 1)
        .items()
        .getFirst();
  }

  @Test
  void aMendedEventTellsWhatHappenedAndShowsBothBodies() {
    String position = WORLD.settled("told", "[1,\"poison\"]");
    DeadEvent dead = letter("told");
    assertThat(shown("/inbox/events/" + position))
        .contains("This event was given up.", "Dead letter No. " + dead.id());
    CONSOLE
        .inbox()
        .desk()
        .editAndRetry(
            TestConsole.TEST, dead.id(), null, dev.entrepot.spi.event.Body.of("{\"order\":[7]}"));
    InboxWorld.await(() -> WORLD.state(position) == State.WRITTEN);
    String page = shown("/inbox/events/" + position);
    assertThat(page)
        .doesNotContain("This event was given up.")
        .contains("12 B, as it came", "<code>[1,&quot;poison&quot;]</code>".replace("&quot;", "\""))
        .contains("13 B, as mended by", "<code>{\"order\":[7]}</code>")
        .contains("<summary>Laid out in lines</summary>");
    assertThat(page).containsSubsequence("Received", "Given up after", "Body mended", "Written");
  }

  @Test
  void eventsAreListedByTheirState() {
    String written = WORLD.settled("by-state-1", "{\"order\": 1}");
    String dead = WORLD.settled("by-state-2", "poison");
    String skipped = WORLD.settled("by-state-3", "{}");
    assertThat(shown("/inbox")).contains("newest first", written, dead, skipped);
    assertThat(shown("/inbox?state=written")).contains(link(written)).doesNotContain(link(dead));
    assertThat(shown("/inbox?state=rejected"))
        .contains(link(dead))
        .doesNotContain(link(written), link(skipped));
    assertThat(shown("/inbox?state=rejected&key=plain/by-state-1"))
        .contains("No event")
        .doesNotContain(link(dead));
    assertThat(shown("/inbox?state=parked")).doesNotContain(link(written), link(dead));
    assertThat(Visit.of(CONSOLE, "operator@example.com").open("/inbox?state=odd").status())
        .isEqualTo(422);
  }

  private static String link(String position) {
    return "/inbox/events/" + position + "\"";
  }

  @Test
  void aPageOfAStateIsFollowedByTheNext() {
    String first = WORLD.settled("paged-1", "poison");
    String between = WORLD.settled("paged-2", "{\"order\": 2}");
    String second = WORLD.settled("paged-3", "poison");
    String page = shown("/inbox?state=rejected&limit=1");
    assertThat(page).contains(link(second)).doesNotContain(link(first), link(between));
    Matcher next = Pattern.compile("cursor=([0-9-]+)").matcher(page);
    assertThat(next.find()).isTrue();
    assertThat(shown("/inbox?state=rejected&limit=1&cursor=" + next.group(1)))
        .contains(link(first))
        .doesNotContain(link(second), link(between));
  }

  @Test
  void deadLettersAreFoundByTheirStateAndBearTheirNumbers() {
    WORLD.settled("numbered-1", "poison");
    WORLD.settled("numbered-2", "poison");
    DeadEvent open = letter("numbered-1");
    DeadEvent skipped = letter("numbered-2");
    CONSOLE.inbox().desk().skip(TestConsole.TEST, skipped.id(), "of no use");
    String cause = "/inbox/errors/" + open.cause();
    assertThat(shown("/inbox/errors")).contains(cause + "?state=open");
    assertThat(shown("/inbox/errors?state=skipped")).contains(cause + "?state=skipped");
    assertThat(shown("/inbox/errors?state=retrying")).contains("No dead letter is in this state.");
    assertThat(shown(cause + "?state=skipped"))
        .contains(">No. " + skipped.id() + "<")
        .doesNotContain(">No. " + open.id() + "<");
    assertThat(shown(cause + "?state=open"))
        .contains(">No. " + open.id() + "<", "Plan the retry")
        .doesNotContain(">No. " + skipped.id() + "<");
    assertThat(shown(cause)).contains(">No. " + open.id() + "<", ">No. " + skipped.id() + "<");
    assertThat(shown("/inbox/dead-letters/" + skipped.id()))
        .contains("Dead letter No. " + skipped.id(), "of no use", "Left out");
  }

  @Test
  void repeatedDeliveriesAreRowsThatLeadToTheirEvent() {
    String first = WORLD.settled("twice", "{\"order\": 1}");
    WORLD.sent("twice", "{\"order\": 1}");
    WORLD.sent("twice", "{\"order\": 1}");
    String again = position("twice", 0);
    String oneMore = position("twice", 1);
    String both = shown("/inbox?key=plain/twice");
    assertThat(both).containsSubsequence(oneMore, again, first + ", 2 duplicates");
    assertThat(both)
        .contains(">of " + first + "</a>", "Duplicate", "Signature", "<code>twice</code>")
        .doesNotContain(link(again), link(oneMore));
    assertThat(shown("/inbox?key=plain/twice&what=events"))
        .contains(link(first))
        .doesNotContain(again, oneMore);
    assertThat(shown("/inbox?what=duplicates&connection=shop&id=twice"))
        .contains(again, oneMore)
        .doesNotContain(first + ", 2 duplicates");
    assertThat(shown("/inbox?what=duplicates&state=written")).contains("Choose any state");
    String event = shown("/inbox/events/" + first);
    assertThat(event)
        .containsSubsequence("Received", "Delivered again", "As " + again, "As " + oneMore)
        .contains("Its signature was right, made with secret 1", "2 times");
    Reply none = Visit.of(CONSOLE, "operator@example.com").open("/inbox/events/" + again);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).contains("is a repeated delivery", first);
  }

  /// Of a repeated delivery.
  private static String position(String id, int number) {
    EventFilter filter = new EventFilter("shop", null, null, id, null, null);
    List<Repeat> newestFirst = CONSOLE.inbox().events().repeats(filter, null, 10).items();
    return Positions.text(newestFirst.reversed().get(number).position());
  }
}
