package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A mapping that is tried on records.
///
/// @param count how many of the client's
record MappingTrial(Session session, TrialRecords trial, int count) {
  private static final int MOST_LIVE = 200;

  /// @param deed what is asked: `preview` or `coverage`
  JsonNode ask(String deed) {
    String client = trial.client();
    Path records = trial.records();
    String mapping = trial.mapping();
    if ((client == null) == (records == null)) {
      throw new CommandException(
          ExitCode.USAGE, "say on which records: --client CLIENT, or --records FILE");
    }
    ObjectNode wanted = Api.object().put("count", count);
    if (Files.isRegularFile(Path.of(mapping))) {
      wanted.put("text", TextFile.read(session, Path.of(mapping)));
    } else {
      wanted.put("name", mapping);
    }
    if (client != null) {
      wanted.put("client", client);
    }
    if (records != null) {
      wanted.set("records", listed(records));
    }
    return session.ask(api -> {
      if (trial.live() && client != null) {
        Query sample =
            Clients.one(client).segment("sample").with("count", Math.min(count, MOST_LIVE));
        wanted.set("records", api.get(sample).path("items"));
      }
      return api.post(Query.of("/flows/mappings/" + deed), wanted);
    });
  }

  private JsonNode listed(Path file) {
    try {
      JsonNode read = JsonMapper.shared().readTree(TextFile.read(session, file));
      return read.isArray() ? read : JsonMapper.shared().createArrayNode().add(read);
    } catch (JacksonException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "\"%s\" is no JSON: %s; give an object or a list of them"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
