package dev.entrepot.console.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Server-sent events on their way to one client. For use by one thread.
final class EventStream {
  static final String TYPE = "text/event-stream";

  private final OutputStream out;

  /// @param retryMillis after how long a browser comes back when the connection breaks
  EventStream(OutputStream out, int retryMillis) throws IOException {
    this.out = out;
    write("retry: " + retryMillis + "\n\n");
  }

  /// Sends an event.
  ///
  /// @param data JSON on one line
  void send(String event, byte[] data) throws IOException {
    out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(data);
    write("\n\n");
  }

  /// Shows that the connection lives.
  void beat() throws IOException {
    write(": \n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
