package dev.entrepot.cli.vendors;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot vendor …`.
@Command(
    name = "vendor",
    description = "Suppliers: who may send files, how much, and under which policy.",
    footer = {
      "Examples:",
      "  entrepot vendor add NORDIC \"Nordic Home\" --email data@nordic.example --currency EUR",
      "  entrepot vendor edit NORDIC --known-key update",
      "  entrepot vendor suspend NORDIC"
    })
public final class VendorCommand {
  private static final String CODE = "The vendor's code.";

  private final Session session;

  public VendorCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists vendors by code.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "active, suspended, inactive or pending_approval.")
          @Nullable String status,
      @Option(names = "--find", paramLabel = "TEXT", description = "Found in code or name.")
          @Nullable String text,
      @Mixin Extent extent) {
    Query query = Query.of("/vendors").with("status", status).with("q", text);
    return new Listing()
        .text("CODE", "code")
        .text("NAME", "name")
        .text("STATUS", "status")
        .text("CURRENCY", "currency")
        .text("KNOWN KEY", "known_key")
        .text("APPROVAL", "approval")
        .text("E-MAIL", "email")
        .print(session, extent, query, "no vendors; add one with: entrepot vendor add CODE NAME");
  }

  @Command(name = "show", description = "Shows one vendor.")
  int show(@Parameters(paramLabel = "CODE", description = CODE) String code) {
    session.printFields(session.ask(api -> api.get(vendor(code))));
    return 0;
  }

  @Command(name = "add", description = "Adds a vendor, active at once.")
  int add(
      @Parameters(
              paramLabel = "CODE",
              description = "2 to 40 of A-Z 0-9 _ -; never changes afterwards.")
          String code,
      @Parameters(paramLabel = "NAME", description = "What people call it.") String name,
      @Mixin VendorFields fields) {
    ObjectNode body = Api.object().put("code", code).put("name", name);
    fields.applyTo(body);
    JsonNode added = session.ask(api -> api.post(Query.of("/vendors"), body));
    session.printDone(added, "vendor " + Values.text(added, "code") + " added");
    return 0;
  }

  @Command(name = "edit", description = "Changes what is named, leaves the rest.")
  int edit(
      @Parameters(paramLabel = "CODE", description = CODE) String code,
      @Option(names = "--name", description = "What people call it.") @Nullable String name,
      @Mixin VendorFields fields) {
    if (name == null && fields.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "nothing to change; see: entrepot vendor edit --help");
    }
    return change(
        code,
        "changed",
        vendor -> {
          fields.applyTo(vendor);
          if (name != null) {
            vendor.put("name", name);
          }
        });
  }

  @Command(name = "suspend", description = "Keeps a vendor from uploading.")
  int suspend(@Parameters(paramLabel = "CODE", description = CODE) String code) {
    return change(code, "suspended", vendor -> vendor.put("status", "suspended"));
  }

  @Command(name = "activate", description = "Lets a vendor upload (again).")
  int activate(@Parameters(paramLabel = "CODE", description = CODE) String code) {
    return change(code, "activated", vendor -> vendor.put("status", "active"));
  }

  private int change(String code, String done, java.util.function.Consumer<ObjectNode> edit) {
    JsonNode changed =
        session.ask(api -> {
          ObjectNode vendor = (ObjectNode) api.get(vendor(code));
          edit.accept(vendor);
          return api.put(vendor(code), vendor);
        });
    session.printDone(changed, "vendor " + Values.text(changed, "code") + " " + done);
    return 0;
  }

  private static Query vendor(String code) {
    return Query.of("/vendors").segment(code);
  }
}
