package dev.entrepot.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events as the HTML standard describes them; only their data is of interest.
final class EventReader implements AutoCloseable {
  private final BufferedReader lines;

  EventReader(InputStream stream) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /// The data of the next event that has any; null at the end of the stream.
  @Nullable String next() throws IOException {
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && any) {
        return data.toString();
      }
      if (line.startsWith("data:")) {
        data.append(any ? "\n" : "").append(value(line));
        any = true;
      }
    }
    return null;
  }

  private static String value(String line) {
    int start = "data:".length();
    return line.startsWith(" ", start) ? line.substring(start + 1) : line.substring(start);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
