package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.Message;

/// An event of the log on its way to the handlers.
///
/// @param erased whether there is nothing left of it to be handed on
record KeptEvent(long position, int lane, String connection, Message message, boolean erased) {

  KeptEvent(long position, int lane, String connection, Message message) {
    this(position, lane, connection, message, false);
  }

  String key() {
    return message.identity().key();
  }

  String topic() {
    return message.identity().topic();
  }
}
