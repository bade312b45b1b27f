package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.EventHead;

/// The inbox's states, for people.
final class InboxWords {
  private InboxWords() {}

  static Badge state(EventState.State state) {
    return switch (state) {
      case ACCEPTED -> Badge.of(Tone.BUSY, "Kept");
      case WAITING -> Badge.of(Tone.WARN, "Waiting");
      case BEHIND -> Badge.of(Tone.WAIT, "Behind another");
      case PARKED -> Badge.of(Tone.WAIT, "Parked");
      case WRITTEN -> Badge.of(Tone.GOOD, "Written");
      case UNCHANGED -> Badge.of(Tone.QUIET, "Unchanged");
      case SKIPPED -> Badge.of(Tone.QUIET, "Skipped");
      case REJECTED -> Badge.of(Tone.BAD, "Dead letter");
      case ERASED -> Badge.of(Tone.QUIET, "Erased");
    };
  }

  static Badge duplicate() {
    return Badge.of(Tone.QUIET, "Duplicate");
  }

  /// How it is known that the sender it names sent it: nothing else is kept.
  static String verified(EventHead event) {
    return event.secret() == null ? "Queue" : "Signature";
  }

  static Badge state(DeadEvent.State state) {
    return switch (state) {
      case OPEN -> Badge.of(Tone.BAD, "Open");
      case RETRYING -> Badge.of(Tone.BUSY, "Trying again");
      case RESOLVED -> Badge.of(Tone.GOOD, "Resolved");
      case SKIPPED -> Badge.of(Tone.QUIET, "Skipped");
    };
  }

  static Badge state(InboxConnection.State state) {
    return switch (state) {
      case ENABLED -> Badge.of(Tone.GOOD, "Enabled");
      case PAUSED -> Badge.of(Tone.WAIT, "Paused");
      case DISABLED -> Badge.of(Tone.QUIET, "Disabled");
    };
  }

  /// What a handler did.
  static Badge handled(char code) {
    return switch (code) {
      case 'w' -> Badge.of(Tone.GOOD, "Written");
      case 'u' -> Badge.of(Tone.QUIET, "Unchanged");
      case 's' -> Badge.of(Tone.QUIET, "Not wanted");
      case 'r' -> Badge.of(Tone.BAD, "Refused");
      case 'p' -> Badge.of(Tone.WAIT, "Not done yet");
      default -> throw new IllegalArgumentException("no handler answers \"" + code + "\"");
    };
  }
}
