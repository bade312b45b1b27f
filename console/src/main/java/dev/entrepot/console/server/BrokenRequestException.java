package dev.entrepot.console.server;

import java.io.IOException;

/// The sender of a request stopped before its end: there is nobody left to answer.
final class BrokenRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenRequestException(Throwable cause) {
    super("the sender of the request stopped before its end", cause);
  }
}
