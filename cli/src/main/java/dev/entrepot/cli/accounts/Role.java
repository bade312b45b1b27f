package dev.entrepot.cli.accounts;

import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody may do.
enum Role {
  ADMIN,
  OPERATOR,
  VIEWER,
  SUPPLIER;

  /// As the API writes it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A supplier acts for a vendor, nobody else does.
  void require(@Nullable String vendor) {
    if ((this == SUPPLIER) != (vendor != null)) {
      throw new CommandException(
          ExitCode.USAGE,
          this == SUPPLIER
              ? "a supplier acts for a vendor: add --vendor CODE (see: entrepot vendor list)"
              : "the role " + code() + " acts for no vendor: leave out --vendor");
    }
  }
}
