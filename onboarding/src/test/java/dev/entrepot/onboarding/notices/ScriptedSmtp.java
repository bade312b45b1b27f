package dev.entrepot.onboarding.notices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// An SMTP server that answers some commands as it is told, for refusals that real ones give only
/// in rare states.
final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, String> answers;

  /// @param answers by the first word of the command; `.` stands for the end of the message
  ScriptedSmtp(Map<String, String> answers) throws IOException {
    this.answers = Map.copyOf(answers);
    this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    say(out, "220 scripted");
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (data && !line.equals(".")) {
        continue;
      }
      String word = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      data = word.equals("DATA") && !answers.containsKey(word);
      String answer = answers.getOrDefault(word, data ? "354 go on" : "250 fine");
      if (answer.isEmpty()) {
        return;
      }
      say(out, answer);
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
