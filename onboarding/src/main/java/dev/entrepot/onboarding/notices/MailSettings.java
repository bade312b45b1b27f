package dev.entrepot.onboarding.notices;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

/// The mail server that notices are handed to.
///
/// @param host name or address of the SMTP server
/// @param port its port, usually 587 with STARTTLS and 465 with TLS
/// @param user signs in when given; goes with `password`
/// @param from the sender, an address with or without a display name
public record MailSettings(
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    Security security,
    String from) {

  /// How the connection is protected.
  public enum Security {
    /// The connection begins in the clear and must turn to TLS before anything is said; a server
    /// that does not offer it is refused.
    STARTTLS,
    /// TLS from the first byte.
    TLS,
    /// In the clear: for servers on the same machine.
    NONE
  }

  public MailSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the mail server's host is blank; name it");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "the mail server's port " + port + " is none; give 1 to 65535, usually 587");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException(
          "the mail server's user and password go together; give both or neither");
    }
    try {
      new InternetAddress(from, true).validate();
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "the mail sender \""
              + from
              + "\" is not an address; give one like Entrepot <entrepot@example.com>",
          e);
    }
  }

  /// Without the password.
  @Override
  public String toString() {
    return "MailSettings[host="
        + host
        + ", port="
        + port
        + ", user="
        + user
        + ", security="
        + security
        + ", from="
        + from
        + "]";
  }
}
