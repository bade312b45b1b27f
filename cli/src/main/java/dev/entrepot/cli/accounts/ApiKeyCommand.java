package dev.entrepot.cli.accounts;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot apikey …`.
@Command(
    name = "apikey",
    description = "Keys for programs that call the API.",
    footer = {
      "Examples:",
      "  entrepot apikey add erp --role operator",
      "  entrepot apikey add nordic-feed --role supplier --vendor NORDIC",
      "  entrepot apikey revoke ek_…"
    })
public final class ApiKeyCommand {
  private final Session session;

  public ApiKeyCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists keys; the secret part is never shown again.")
  int list() {
    JsonNode keys = session.ask(api -> api.get(Query.of("/api-keys")));
    return new Listing()
        .id("ID", "id")
        .text("NAME", "name")
        .text("ROLE", "role")
        .text("VENDOR", "vendor")
        .time("CREATED", "created_at")
        .time("LAST USED", "last_used_at")
        .time("EXPIRES", "expires_at")
        .time("REVOKED", "revoked_at")
        .print(session, keys, "no API keys; make one with: entrepot apikey add NAME --role ROLE");
  }

  @Command(name = "add", description = "Adds a key and prints it: this once, and never again.")
  int add(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "${COMPLETION-CANDIDATES}")
          Role role,
      @Option(
              names = {"-v", "--vendor"},
              paramLabel = "CODE",
              description = "The vendor a supplier's key acts for.")
          @Nullable String vendor,
      @Option(
              names = "--expires-at",
              paramLabel = "TIME",
              description = "For example 2027-12-31T00:00:00Z. Default: never")
          @Nullable Instant expiresAt) {
    role.require(vendor);
    ObjectNode body =
        Api.object()
            .put("name", name)
            .put("role", role.code())
            .put("vendor", vendor)
            .put("expires_at", expiresAt == null ? null : expiresAt.toString());
    JsonNode added = session.ask(api -> api.post(Query.of("/api-keys"), body));
    session.printDone(added, Values.text(added, "key"));
    if (!session.options().json()) {
      session.terminal().note("keep this key safe; it is not shown again");
    }
    return 0;
  }

  @Command(name = "revoke", description = "Makes a key worthless at once.")
  int revoke(@Parameters(paramLabel = "ID", description = "The key's id.") String id) {
    JsonNode revoked = session.ask(api -> api.delete(Query.of("/api-keys").segment(id)));
    session.printDone(revoked, "API key " + id + " revoked");
    return 0;
  }
}
