package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.connections.SecretState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The secrets of a connection: which is which, and whether it is of use.
final class SecretTable {
  private SecretTable() {}

  /// @param managed whether older ones can be dropped here
  static Part of(OpenConnection open, Instant now, boolean managed) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.title("Secret"),
                Column.of("Kept", Column.Kind.WIDE),
                Column.text("Ends in"),
                Column.text("State"),
                Column.text("Made"),
                Column.text("Valid until")));
    if (managed) {
      columns.add(Column.of("Drop", Column.Kind.ACTIONS));
    }
    List<SecretState> secrets = open.connection().secrets();
    Map<Integer, String> endings = open.endings();
    List<TableView.Row> rows = new ArrayList<>();
    for (SecretState secret : secrets) {
      List<Cell> cells =
          new ArrayList<>(
              List.of(
                  Cell.text("No. " + secret.number()),
                  kept(open, secret, now),
                  Cell.code(endings.get(secret.number())),
                  new Cell.State(state(open, secret, now)),
                  Cell.ago(secret.createdAt()),
                  secret.validUntil() == null
                      ? Cell.text("it is replaced")
                      : Cell.time(secret.validUntil())));
      if (managed) {
        boolean newest = secret.number() == secrets.getFirst().number();
        cells.add(newest ? Cell.text(null) : dropping(open.connection().name(), secret));
      }
      rows.add(new TableView.Row(Integer.toString(secret.number()), cells, null));
    }
    return new Part.Table(
        TableView.of(
            "secret-list",
            "Secrets, newest first",
            columns,
            rows,
            Empty.of(Icon.KEY, "No secret yet", "Signatures cannot be verified without one.")));
  }

  private static Cell kept(OpenConnection open, SecretState secret, Instant now) {
    String reference = secret.reference();
    if (!unreadable(open, secret, now)) {
      return reference == null ? Cell.text("Encrypted in the database") : Cell.code(reference);
    }
    if (reference == null) {
      return new Cell.Fault(
          "Encrypted in the database",
          "The server's key for secrets is another one than it was encrypted with. Start it with"
              + " that key, or rotate the secret.");
    }
    return new Cell.Fault(
        reference,
        reference.startsWith("env:")
            ? "The server's environment has no value for it. Set it and start the server again,"
                + " or rotate the secret."
            : "The file cannot be read. Put the secret there for the server to read, or rotate"
                + " it.");
  }

  private static Badge state(OpenConnection open, SecretState secret, Instant now) {
    if (unreadable(open, secret, now)) {
      return Badge.of(Tone.BAD, "Cannot be read");
    }
    return secret.valid(now) ? Badge.of(Tone.GOOD, "Valid") : Badge.of(Tone.QUIET, "Expired");
  }

  private static boolean unreadable(OpenConnection open, SecretState secret, Instant now) {
    return secret.valid(now) && !open.has(secret.number());
  }

  private static Cell dropping(String connection, SecretState secret) {
    return new Cell.Actions(
        List.of(
            Action.post(
                    "Drop",
                    "/inbox/connections/" + connection + "/secrets/" + secret.number() + "/drop")
                .danger(
                    "Drop secret No. "
                        + secret.number()
                        + "? Deliveries signed with it are refused from now on.")));
  }
}
