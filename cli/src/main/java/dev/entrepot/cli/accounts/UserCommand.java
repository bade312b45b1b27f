package dev.entrepot.cli.accounts;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot user …`.
@Command(
    name = "user",
    description = "People who sign in.",
    footer = {
      "A password is asked for without showing it; a script gives it on standard input or in",
      "ENTREPOT_PASSWORD.",
      "",
      "Examples:",
      "  entrepot user add anna@example.com --name \"Anna Berg\" --role operator",
      "  entrepot user add data@nordic.example --role supplier --vendor NORDIC < password.txt",
      "  entrepot user disable anna@example.com"
    })
public final class UserCommand {
  private static final String EMAIL = "The e-mail address the person signs in with.";

  private final Session session;

  public UserCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists everybody.")
  int list() {
    JsonNode users = session.ask(api -> api.get(Query.of("/users")));
    return new Listing()
        .text("E-MAIL", "email")
        .text("NAME", "name")
        .text("ROLE", "role")
        .text("VENDOR", "vendor")
        .text("ACTIVE", user -> Values.mark(user, "active"))
        .time("LAST SIGN-IN", "last_sign_in_at")
        .print(session, users, "no users; add one with: entrepot user add E-MAIL --role admin");
  }

  @Command(name = "add", description = "Adds a person.")
  int add(
      @Parameters(paramLabel = "E-MAIL", description = EMAIL) String email,
      @Option(names = "--name", description = "For display. Default: the e-mail address")
          @Nullable String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "${COMPLETION-CANDIDATES}")
          Role role,
      @Option(
              names = {"-v", "--vendor"},
              paramLabel = "CODE",
              description = "The vendor a supplier signs in for.")
          @Nullable String vendor) {
    role.require(vendor);
    ObjectNode body =
        Api.object()
            .put("email", email)
            .put("name", name == null ? email : name)
            .put("role", role.code())
            .put("vendor", vendor)
            .put("password", ask("Password for " + email + ": "));
    JsonNode added = session.ask(api -> api.post(Query.of("/users"), body));
    session.printDone(added, "user " + email + " added as " + role.code());
    return 0;
  }

  @Command(name = "disable", description = "Keeps a person from signing in; ends open sessions.")
  int disable(@Parameters(paramLabel = "E-MAIL", description = EMAIL) String email) {
    return setActive(email, false, "disabled");
  }

  @Command(name = "enable", description = "Lets a person sign in again.")
  int enable(@Parameters(paramLabel = "E-MAIL", description = EMAIL) String email) {
    return setActive(email, true, "enabled");
  }

  private int setActive(String email, boolean active, String done) {
    JsonNode changed =
        session.ask(api -> {
          ObjectNode user = find(api, email);
          user.put("active", active);
          return api.put(Query.of("/users").segment(Values.text(user, "id")), user);
        });
    session.printDone(changed, "user " + email + " " + done);
    return 0;
  }

  @Command(name = "password", description = "Sets a person's password.")
  int password(@Parameters(paramLabel = "E-MAIL", description = EMAIL) String email) {
    String password = ask("New password for " + email + ": ");
    JsonNode changed =
        session.ask(api ->
            api.post(
                Query.of("/users").segment(Values.text(find(api, email), "id")).segment("password"),
                Api.object().put("password", password)));
    session.printDone(changed, "password of " + email + " set");
    return 0;
  }

  private String ask(String prompt) {
    String given = session.options().environment().get("ENTREPOT_PASSWORD");
    String password = given != null ? given : session.terminal().secret(prompt);
    if (password == null || password.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "no password was given; type it, give it on standard input, or in ENTREPOT_PASSWORD");
    }
    return password;
  }

  private static ObjectNode find(Api api, String email) {
    for (JsonNode user : api.get(Query.of("/users")).path("items")) {
      if (Values.text(user, "email").equals(email.toLowerCase(Locale.ROOT))
          && user instanceof ObjectNode found) {
        return found;
      }
    }
    throw new CommandException(
        ExitCode.FAILED, "there is no user \"" + email + "\"; see: entrepot user list");
  }
}
