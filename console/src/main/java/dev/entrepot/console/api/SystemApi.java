package dev.entrepot.console.api;

import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.Route;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Whether the server is well, which it is, and what it can do.
public final class SystemApi {
  private static final Logger LOG = LoggerFactory.getLogger(SystemApi.class);
  private static final String DESCRIPTION = "/dev/entrepot/console/api/openapi.yaml";

  private record Health(String status) {}

  private record VersionAnswer(String version) {}

  private final Database database;
  private final String version;
  private final Json json;
  private final byte[] yaml;

  /// The description as JSON, made when somebody asks for it: reading it takes a while.
  private volatile byte @Nullable [] asJson;

  /// @param version of the program
  public SystemApi(Database database, String version, Json json) {
    this.database = database;
    this.version = version;
    this.json = json;
    this.yaml = description();
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/health/live"), "getLiveness", Access.open(), this::live),
        Route.get(ApiPath.of("/health/ready"), "getReadiness", Access.open(), this::ready),
        Route.get(ApiPath.of("/version"), "getVersion", Access.open(), this::version),
        Route.get(ApiPath.of("/openapi.yaml"), "getOpenapiYaml", Access.open(), this::yaml),
        Route.get(ApiPath.of("/openapi.json"), "getOpenapiJson", Access.open(), this::json));
  }

  /// The API's description, as values.
  static Map<String, Object> parse(byte[] yaml) {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    return reader.load(new String(yaml, StandardCharsets.UTF_8));
  }

  static byte[] description() {
    try (InputStream stream = SystemApi.class.getResourceAsStream(DESCRIPTION)) {
      if (stream == null) {
        throw new IllegalStateException(
            DESCRIPTION + " is not on the class path: the program was packed without it");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(DESCRIPTION + " cannot be read", e);
    }
  }

  private Answer live(Exchange exchange) {
    return Answer.json(new Health("up"));
  }

  private Answer ready(Exchange exchange) {
    try {
      int one =
          database.read(
              connection -> Sql.of("select 1 one").one(connection, row -> row.int4("one")));
      return Answer.json(one == 1 ? 200 : 503, new Health("up"));
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e)).log("not ready: {}", e.getMessage());
      return Answer.json(503, new Health("down"));
    }
  }

  private Answer version(Exchange exchange) {
    return Answer.json(new VersionAnswer(version));
  }

  private Answer yaml(Exchange exchange) {
    return Answer.bytes(200, "application/yaml", yaml);
  }

  private Answer json(Exchange exchange) {
    byte[] description = asJson;
    if (description == null) {
      description = json.write(parse(yaml));
      asJson = description;
    }
    return Answer.bytes(200, "application/json", description);
  }
}
