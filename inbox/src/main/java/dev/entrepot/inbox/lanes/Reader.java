package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads events by the source of their connection, outside of any transaction.
final class Reader {
  static final String NO_CONNECTION = "NO_CONNECTION";
  static final String PAUSED = "PAUSED";
  static final String READ_FAILED = "READ_FAILED";
  static final String EVENT_GONE = "EVENT_GONE";

  /// Keys of events that do not say what they are about end in a digest of their own body.
  private static final Pattern ITS_OWN = Pattern.compile("(?:^|/)~[0-9a-f]{32}$");

  private static final String GONE =
      "the log does not have the event any more, so that there is nothing to try again; skip it";

  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private final Senders senders;

  Reader(Senders senders) {
    this.senders = senders;
  }

  Item fresh(KeptEvent event) {
    return read(event, null);
  }

  Item waiting(WaitingEvent waiting) {
    return read(waiting.event(), waiting);
  }

  private Item read(KeptEvent event, @Nullable WaitingEvent waiting) {
    switch (event.nature()) {
      case LIVE, TEST -> {}
      case ERASED -> {
        return forNobody(event, waiting);
      }
      case GONE -> {
        LOG.error("event {} waits, but the log does not have it any more", event.position());
        return unreadable(
            event,
            waiting,
            AfterDeadLetter.RELEASE,
            new Trouble(Trouble.READING, EVENT_GONE, GONE));
      }
    }
    Optional<Sender> found = senders.of(event.connection());
    if (found.isEmpty()) {
      String reason =
          "there is no connection "
              + event.connection()
              + " any more; make it again and retry, or skip the event";
      return unreadable(
          event,
          waiting,
          AfterDeadLetter.RELEASE,
          new Trouble(Trouble.READING, NO_CONNECTION, reason));
    }
    Sender sender = found.get();
    if (sender.flow() == Sender.Flow.PAUSED) {
      String reason = "connection " + event.connection() + " is paused; enable it to go on";
      Trouble paused = new Trouble(Trouble.READING, PAUSED, reason);
      return new Item(event, waiting, sender.afterDeadLetter(), null, null, paused);
    }
    try {
      Message message =
          waiting != null && waiting.edited()
              ? identified(event.message(), sender.source())
              : event.message();
      Facts facts = sender.source().read(message);
      if (event.nature() == KeptEvent.Nature.TEST) {
        return forNobody(event, waiting);
      }
      DueEvent due = due(event, waiting, sender, message, facts);
      return new Item(event, waiting, sender.afterDeadLetter(), due, null, null);
    } catch (EventException e) {
      return unreadable(
          event,
          waiting,
          after(sender, event, waiting),
          new Trouble(Trouble.READING, e.code().name(), String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      // A defect of the source; deep nesting ends here as well. Reading is pure: no use to repeat.
      LOG.warn("event {} of connection {} cannot be read", event.position(), event.connection(), e);
      return unreadable(
          event,
          waiting,
          after(sender, event, waiting),
          new Trouble(Trouble.READING, READ_FAILED, words(e)));
    }
  }

  /// For no handler: it comes to its end without doing anything.
  private static Item forNobody(KeptEvent event, @Nullable WaitingEvent waiting) {
    return new Item(event, waiting, AfterDeadLetter.RELEASE, null, null, null);
  }

  /// What it is about may stand in the body, and be mended with it. It remains the same event: its
  /// id stays, and so do its lane and the key by which it waits.
  static Message identified(Message mended, EventSource source) {
    try {
      Identity now = source.identify(new Delivery(mended.headers(), mended.body()));
      Identity identity =
          new Identity(mended.identity().externalId(), now.topic(), now.key(), now.triggeredAt());
      return new Message(identity, mended.headers(), mended.body(), mended.receivedAt());
    } catch (EventException e) {
      // Incomplete for this sender: it is taken for what it came as, and reading it tells the rest.
      return mended;
    }
  }

  private static DueEvent due(
      KeptEvent event,
      @Nullable WaitingEvent waiting,
      Sender sender,
      Message message,
      Facts facts) {
    return new DueEvent(
        event.position(),
        event.connection(),
        sender.tenant(),
        sender.kind(),
        message,
        facts,
        waiting != null && waiting.edited(),
        waiting == null ? 1 : waiting.attempts() + 1,
        Item.replayOf(waiting),
        waiting == null || waiting.replay() == null ? Set.of() : waiting.replay().handlers());
  }

  /// What becomes of the key of an event that cannot be read. There is no use in holding one that
  /// no other event can have, nor that of a sample; nor for a replay, behind which what came later
  /// was handed on already.
  private static AfterDeadLetter after(
      Sender sender, KeptEvent event, @Nullable WaitingEvent waiting) {
    boolean alone =
        event.nature() == KeptEvent.Nature.TEST
            || Item.replayOf(waiting) != null
            || ITS_OWN.matcher(event.key()).find();
    return alone ? AfterDeadLetter.RELEASE : sender.afterDeadLetter();
  }

  private static Item unreadable(
      KeptEvent event, @Nullable WaitingEvent waiting, AfterDeadLetter after, Trouble trouble) {
    return new Item(event, waiting, after, null, trouble, null);
  }

  /// What a failure says of itself, never empty.
  static String words(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
