package dev.entrepot.app.walk;

import dev.entrepot.app.CommandRun;
import dev.entrepot.app.Patience;
import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.model.Actor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The demo world, running on a free port.
final class DemoHub implements AutoCloseable {
  static final String PASSWORD = "books that balance";
  static final String ADMIN = "admin@demo.example";
  static final String OPERATOR = "operator@demo.example";
  static final String VIEWER = "viewer@demo.example";
  static final String SUPPLIER = "data@nordic.example";

  /// The supplier's own vendor.
  static final String VENDOR = "NORDIC";

  private final Program program;
  private final Api api;

  private DemoHub(Program program) {
    this.program = program;
    this.api = new Api(program.address(), program.localKey());
  }

  /// Furnishes the world in a folder, then starts it.
  static DemoHub start(Path data) throws IOException {
    CommandRun furnished = CommandRun.of(data, "demo", "--exit", "--port", "0");
    if (furnished.code() != 0) {
      throw new IllegalStateException("the demo cannot be furnished: " + furnished.err());
    }
    DemoHub hub =
        new DemoHub(
            Program.start(
                new SettingsReader(Map.of()).read(data.resolve("demo"), Map.of(Setting.PORT, "0")),
                Clock.systemUTC()));
    InboxScene.furnish(hub.api, hub.address());
    return hub;
  }

  URI address() {
    return program.address();
  }

  /// What the API lists at a path.
  JsonNode items(String path) {
    return api.get(Query.of(path)).path("items");
  }

  /// The id of the first thing the API lists at a path.
  String first(String path) {
    JsonNode item = items(path).path(0).path("id");
    return item.isString() ? item.stringValue() : item.toString();
  }

  /// The id of the upload of a file.
  String upload(String file) {
    for (JsonNode upload : items("/uploads?limit=100")) {
      if (upload.path("file_name").stringValue("").equals(file)) {
        return upload.path("id").stringValue();
      }
    }
    throw new IllegalStateException("no upload of " + file + " is listed");
  }

  /// The latest run of the sync in a state.
  String run(RunState state) {
    return program
        .flows()
        .runs()
        .list(null, List.of(state), null, 1)
        .items()
        .getFirst()
        .id()
        .toString();
  }

  /// A run of a client whose systems are away now: it tries for a while.
  UUID fruitless(String client) {
    return runs().queue(client, RunMode.INITIAL, "test", Actor.system("test")).id();
  }

  /// Where runs are steered, as from another window.
  Runs runs() {
    return program.flows().runs();
  }

  /// A call of that run.
  long exchange(RunState state) {
    return program
        .flows()
        .records()
        .exchanges(UUID.fromString(run(state)), RunRecords.ExchangeFilter.ALL, null, 1)
        .items()
        .getFirst()
        .id();
  }

  /// Waits until an upload is settled.
  void settled(String upload) {
    Set<String> ends = Set.of("completed", "partial", "failed");
    Patience.await(
        "the end of upload " + upload,
        () -> ends.contains(api.get(Query.of("/uploads/" + upload)).path("state").stringValue()));
  }

  /// Keeps a vendor's files from being read until it is closed.
  VendorHold hold(String vendor) {
    return new VendorHold(program.database(), vendor);
  }

  @Override
  public void close() {
    api.close();
    program.close();
  }
}
