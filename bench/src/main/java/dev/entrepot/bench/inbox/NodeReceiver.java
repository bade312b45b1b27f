package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A script of `bench/receivers`, with the store it writes to.
final class NodeReceiver implements Receiver {
  private static final int LOOKS = 400;

  private final String script;
  private final int processes;
  private final Store store;
  private final String secret;
  private final Path log;
  private @Nullable Process process;
  private int port;

  /// Where a script keeps its events.
  sealed interface Store {}

  record InPostgres(Postgres postgres) implements Store {}

  record InRedis(RedisServer redis) implements Store {}

  NodeReceiver(String script, int processes, Store store, String secret, Path log) {
    this.script = script;
    this.processes = processes;
    this.store = store;
    this.secret = secret;
    this.log = log;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    port = ServerProbe.freePort();
    ProcessBuilder builder =
        new ProcessBuilder("node", script + ".js")
            .directory(Workplace.bench().resolve("receivers").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("NODE_ENV", "production");
    builder.environment().put("PORT", String.valueOf(port));
    builder.environment().put("SECRET", secret);
    builder.environment().put("PROCESSES", String.valueOf(processes));
    switch (store) {
      case InPostgres(Postgres postgres) -> builder.environment().putAll(postgres.environment());
      case InRedis(RedisServer redis) -> {
        redis.start();
        builder.environment().put("REDIS_PORT", String.valueOf(redis.port()));
      }
    }
    process = builder.start();
    for (int look = 0; look < LOOKS && process.isAlive(); look++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    throw new IOException(script + " does not listen:\n" + Files.readString(log));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long kept() throws IOException, InterruptedException {
    return switch (store) {
      case InPostgres(Postgres postgres) ->
          postgres
              .database()
              .read(connection ->
                  Sql.of("select count(*) as kept from webhook_event")
                      .one(connection, row -> row.int8("kept")));
      case InRedis(RedisServer redis) -> redis.jobs("webhooks");
    };
  }

  @Override
  public double receiverSeconds() throws IOException {
    if (process == null) {
      throw new IllegalStateException(script + " was not started");
    }
    double total = ProcessTimes.of(process.pid()).own();
    for (ProcessHandle child : process.descendants().toList()) {
      total += ProcessTimes.of(child.pid()).own();
    }
    return total;
  }

  @Override
  public double storeSeconds() throws IOException {
    return switch (store) {
      case InPostgres(Postgres postgres) -> postgres.cpuSeconds();
      case InRedis(RedisServer redis) -> redis.cpuSeconds();
    };
  }

  @Override
  public String versions() {
    JsonNode dependencies =
        JsonMapper.builder()
            .build()
            .readTree(Workplace.bench().resolve("receivers/package.json").toFile())
            .path("dependencies");
    return switch (store) {
      case InPostgres _ -> names(dependencies, Map.of("express", "Express", "pg", "pg"));
      case InRedis(RedisServer redis) ->
          names(dependencies, Map.of("express", "Express", "bullmq", "BullMQ"))
              + ", "
              + redis.version();
    };
  }

  private static String names(JsonNode dependencies, Map<String, String> titles) {
    return titles.entrySet().stream()
        .map(title -> title.getValue() + " " + dependencies.path(title.getKey()).asString())
        .sorted()
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  @Override
  public void close() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.onExit().join();
    }
    if (store instanceof InRedis(RedisServer redis)) {
      redis.close();
    }
  }
}
