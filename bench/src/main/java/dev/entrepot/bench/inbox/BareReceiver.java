package dev.entrepot.bench.inbox;

import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// [BareProgram]: keeps nothing, so it is a ceiling and no contender.
final class BareReceiver implements Receiver {
  private static final int LOOKS = 400;

  private final String secret;
  private @Nullable Process process;
  private int port;

  BareReceiver(String secret) {
    this.secret = secret;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    port = ServerProbe.freePort();
    List<String> command = new ArrayList<>(Workplace.program());
    command.addAll(List.of(BareProgram.class.getName(), String.valueOf(port), secret));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int look = 0; look < LOOKS && process.isAlive(); look++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    throw new IOException("the receiver that keeps nothing does not listen on port " + port);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public long kept() {
    return 0;
  }

  @Override
  public double receiverSeconds() throws IOException {
    return process == null ? 0 : ProcessTimes.of(process.pid()).own();
  }

  @Override
  public double storeSeconds() {
    return 0;
  }

  @Override
  public String versions() {
    return "this source tree's HTTP server";
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
