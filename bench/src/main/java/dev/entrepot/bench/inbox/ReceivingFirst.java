package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ServedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A node that only receives, and one that hands on, which starts when the load is over.
final class ReceivingFirst implements Receiver {
  private static final String KEY = "data/secrets.key";

  private final EntrepotReceiver receiver;
  private final ServedProgram other;
  private final Path work;
  private final Path otherWork;
  private double otherCpu;

  ReceivingFirst(Postgres postgres, String secret, Path work) {
    this.work = work;
    this.otherWork = work.resolve("other");
    this.receiver = new EntrepotReceiver(postgres, secret, work, List.of("--node-work", "receive"));
    this.other = new ServedProgram(postgres, secret, otherWork, List.of());
  }

  @Override
  public void start() throws IOException, InterruptedException {
    receiver.start();
  }

  @Override
  public int port() {
    return receiver.port();
  }

  @Override
  public long kept() {
    return receiver.kept();
  }

  @Override
  public long behind() {
    return receiver.behind();
  }

  @Override
  public void handOn() throws IOException, InterruptedException {
    Files.createDirectories(otherWork.resolve("data"));
    Files.copy(work.resolve(KEY), otherWork.resolve(KEY), StandardCopyOption.REPLACE_EXISTING);
    other.start();
    try {
      other.await();
      receiver.handOn();
      otherCpu += other.cpuSeconds();
    } finally {
      other.close();
    }
  }

  @Override
  public double receiverSeconds() throws IOException {
    return receiver.receiverSeconds() + otherCpu;
  }

  @Override
  public double storeSeconds() throws IOException {
    return receiver.storeSeconds();
  }

  @Override
  public String versions() {
    return receiver.versions();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
