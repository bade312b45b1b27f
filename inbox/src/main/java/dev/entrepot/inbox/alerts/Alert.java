package dev.entrepot.inbox.alerts;

import dev.entrepot.model.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that somebody is told.
///
/// @param rule the rule's id; the rule may be gone
/// @param kind of condition, in kebab-case, such as `dispute-opened`
/// @param position of the event that told of it; [#NO_EVENT]: Entrepot itself raised it
/// @param subject the id of the subscription, charge, payment or dispute
/// @param message one sentence for people
/// @param happenedAt by the sender's clock
/// @param times how often it was raised: more than once when further ones were folded into it;
///   subject and message are then the latest ones
/// @param latestAt when the latest of them happened
/// @param acknowledgedBy null: nobody has seen to it
public record Alert(
    UUID id,
    String tenant,
    UUID rule,
    String kind,
    long position,
    String connection,
    String account,
    String subject,
    @Nullable String customer,
    @Nullable Money amount,
    @Nullable String reason,
    String message,
    Instant happenedAt,
    Instant raisedAt,
    int times,
    Instant latestAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String note) {
  /// The position of alerts that no event told of.
  public static final long NO_EVENT = 0;

  /// Whether an event told of it.
  public boolean ofEvent() {
    return position != NO_EVENT;
  }
}
