package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.Message;

/// An event of the log on its way to the handlers.
record KeptEvent(long position, int lane, String connection, Message message) {

  String key() {
    return message.identity().key();
  }

  String topic() {
    return message.identity().topic();
  }
}
