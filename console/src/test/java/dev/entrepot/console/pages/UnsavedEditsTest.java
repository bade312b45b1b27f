package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two persons mend the same dead letter: nobody's text is lost, nobody's is overwritten unseen.
class UnsavedEditsTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final String TYPED = "{\"order\": \"typed for an hour\"}";

  @BeforeAll
  static void furnish() {
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static DeadEvent dead(String id) {
    WORLD.settled(id, "poison");
    return CONSOLE
        .inbox()
        .desk()
        .list(new DeadEventFilter(null, null, "plain/" + id, null, null), null, 1)
        .items()
        .getFirst();
  }

  private static String path(DeadEvent letter) {
    return "/inbox/dead-letters/" + letter.id();
  }

  private static String known(String page) {
    Matcher known = Pattern.compile("name=\"edits\" value=\"(\\d+)\"").matcher(page);
    assertThat(known.find()).as(page).isTrue();
    return known.group(1);
  }

  @Test
  void whatWasTypedStaysWhenTheLetterWasSkippedMeanwhile() {
    DeadEvent letter = dead("skipped");
    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    String known = known(operator.open(path(letter)).text());
    CONSOLE.inbox().desk().skip(ANNA, letter.id(), "ordered twice");
    Reply refused = operator.post(path(letter) + "/edit", "body", TYPED, "edits", known);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text())
        .contains("typed for an hour", "Your text was not saved.", "is skipped since")
        .contains("anna@example.com", "copy what you still need", "ordered twice")
        .doesNotContain("Save and try again");
  }

  @Test
  void whatWasTypedStaysWhenTheLetterWasResolvedMeanwhile() {
    DeadEvent letter = dead("resolved");
    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    String known = known(operator.open(path(letter)).text());
    CONSOLE.inbox().desk().editAndRetry(ANNA, letter.id(), 0, Body.of("{}"));
    InboxWorld.await(
        () -> CONSOLE.inbox().desk().find(letter.id()).state() == DeadEvent.State.RESOLVED);
    Reply refused = operator.post(path(letter) + "/edit", "body", TYPED, "edits", known);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text())
        .contains("typed for an hour", "is resolved since", "edited by anna@example.com")
        .contains("Nothing is left to try again.");
  }

  @Test
  void anotherPersonsEditIsNotOverwrittenUnseen() {
    DeadEvent letter = dead("edited");
    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    String known = known(operator.open(path(letter)).text());
    CONSOLE.inbox().desk().editAndRetry(ANNA, letter.id(), 0, Body.of("poison, still"));
    InboxWorld.await(
        () -> CONSOLE.inbox().desk().find(letter.id()).state() == DeadEvent.State.OPEN);
    Reply refused = operator.post(path(letter) + "/edit", "body", TYPED, "edits", known);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text())
        .contains("was edited meanwhile, last by anna@example.com", "poison, still")
        .contains("typed for an hour")
        .contains("Save and try again", "save it again if it is right all the same");
    Reply saved =
        operator.post(path(letter) + "/edit", "body", TYPED, "edits", known(refused.text()));
    assertThat(saved.header("Location")).isEqualTo(path(letter));
    InboxWorld.await(
        () -> CONSOLE.inbox().desk().find(letter.id()).state() == DeadEvent.State.RESOLVED);
    assertThat(CONSOLE.inbox().desk().edits(letter.id()))
        .extracting(edit -> edit.body().text())
        .containsExactly(TYPED, "poison, still");
  }
}
