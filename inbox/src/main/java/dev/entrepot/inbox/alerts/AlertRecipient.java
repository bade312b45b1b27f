package dev.entrepot.inbox.alerts;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who is told of alerts.
///
/// @param rule of whose alerts; null: of all of the tenant's
/// @param address an e-mail address, or the address of a webhook
public record AlertRecipient(
    UUID id, String tenant, @Nullable UUID rule, Channel channel, String address) {

  /// By which way.
  public enum Channel {
    MAIL,
    WEBHOOK;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Channel of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
