package dev.entrepot.inbox.connections;

import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sees to it that tenants do not share keys: where a setting names the account by which keys are
/// made, connections of one kind must not have the same one for several tenants.
final class AccountCheck {
  private final ConnectionCheck check;

  AccountCheck(ConnectionCheck check) {
    this.check = check;
  }

  /// To be called when the draft was written, after [ConnectionStore#bump]: until the transaction's
  /// end nobody else changes connections. What was so before, and remains, is not refused.
  ///
  /// @param before the connection as it was; empty: it is new
  /// @throws ConnectionException INVALID
  void require(Connection transaction, Optional<InboxConnection> before, ConnectionDraft draft) {
    EventSourceFactory factory = check.factory(draft.kind());
    Optional<String> setting = factory.accountSetting();
    if (setting.isEmpty()) {
      return;
    }
    SettingField field =
        factory.settings().stream()
            .filter(one -> one.name().equals(setting.get()))
            .findFirst()
            .orElseThrow();
    String account = account(field, draft.settings());
    if (before.stream()
        .anyMatch(one ->
            one.tenant().equals(draft.tenant())
                && account(field, one.settings()).equals(account))) {
      return;
    }
    if (ofOthers(transaction, draft).anyMatch(one -> account(field, one).equals(account))) {
      throw ConnectionCheck.invalid(
          "settings." + field.name(),
          ("setting %s is \"%s\", and so it is of another tenant's connection of kind %s: their"
                  + " events would have equal keys, by which people look for them; give this one its own"
                  + " (--set %s=…), or the same tenant")
              .formatted(field.name(), account, draft.kind(), field.name()));
    }
  }

  private static Stream<Map<String, String>> ofOthers(
      Connection transaction, ConnectionDraft draft) {
    return ConnectionStore.all(transaction).stream()
        .map(ConnectionStore.Stored::connection)
        .filter(one ->
            one.removedAt() == null
                && one.kind().equals(draft.kind())
                && !one.tenant().equals(draft.tenant()))
        .map(InboxConnection::settings);
  }

  private static String account(SettingField field, Map<String, String> settings) {
    @Nullable String given = settings.getOrDefault(field.name(), field.fallback());
    return given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
  }
}
