package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.Repeat;

/// What came: an event that was kept, or one more delivery of it.
public sealed interface Arrival {
  /// Its place in the order of arrival.
  long position();

  /// An event that was kept.
  record Kept(EventState state) implements Arrival {
    @Override
    public long position() {
      return state.event().position();
    }
  }

  /// A delivery that was not kept, because its event had come before.
  record Repeated(Repeat repeat) implements Arrival {
    @Override
    public long position() {
      return repeat.position();
    }
  }

  /// Which of them are wanted.
  enum What {
    EVENTS,
    DUPLICATES,
    BOTH
  }
}
