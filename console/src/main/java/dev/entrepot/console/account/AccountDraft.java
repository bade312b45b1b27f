package dev.entrepot.console.account;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.AccountException.Code;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An account as an administrator wants it; see [Account] for the fields. Addresses are kept in
/// lower case.
public record AccountDraft(
    String email, String name, Role role, @Nullable String vendor, boolean active) {
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,190}");
  private static final int LONGEST_NAME = 200;

  /// @throws AccountException INVALID naming the field that does not fit
  public AccountDraft {
    email = email.strip().toLowerCase(Locale.ROOT);
    name = name.strip();
    if (!EMAIL.matcher(email).matches()) {
      throw invalid("email", "\"" + email + "\" is not an e-mail address; write name@domain");
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw invalid("name", "the name must have 1 to " + LONGEST_NAME + " characters");
    }
    if (role == Role.SUPPLIER && vendor == null) {
      throw invalid("vendor", "a supplier belongs to a vendor; name its code");
    }
    if (role != Role.SUPPLIER && vendor != null) {
      throw invalid(
          "vendor", "only a supplier belongs to a vendor; leave it out for role " + role.code());
    }
  }

  private static AccountException invalid(String field, String message) {
    return new AccountException(Code.INVALID, field, message);
  }
}
