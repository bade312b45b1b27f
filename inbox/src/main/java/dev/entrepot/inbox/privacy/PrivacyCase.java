package dev.entrepot.inbox.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request and what became of it.
///
/// @param position of the event that brought it
/// @param customer the customer's id at the sender; null: it concerns the whole account
/// @param email null: not said, or erased with the rest
/// @param request the sender's id of the request; null: none
/// @param dueAt by when the law wants it done
/// @param counts how much was erased or told, by part
/// @param hasDocument whether there is a document to download
/// @param problem why it could not be carried out the last time; it is tried again; null: none
/// @param doneAt null: not yet
public record PrivacyCase(
    UUID id,
    String tenant,
    String connection,
    String account,
    Kind kind,
    long position,
    @Nullable String customer,
    @Nullable String email,
    List<String> orders,
    @Nullable String request,
    Instant receivedAt,
    Instant dueAt,
    Map<String, Long> counts,
    boolean hasDocument,
    @Nullable String problem,
    @Nullable String doneBy,
    @Nullable Instant doneAt) {
  public PrivacyCase {
    orders = List.copyOf(orders);
    counts = Map.copyOf(counts);
  }

  /// What is asked for.
  public enum Kind {
    CUSTOMER_DATA,
    CUSTOMER_REDACT,
    ACCOUNT_REDACT
  }
}
