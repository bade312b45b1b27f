package dev.entrepot.spi.event;

import dev.entrepot.model.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that somebody may want to be told about. Whether they are is decided by the alert
/// rules, not here. Several events may tell of the same one: account, kind, subject and attempt or
/// occurrence tell it from others.
///
/// @param subject the id of the thing: the subscription, charge, payment or dispute. Of what fails
///   again and again, that which stays the same
/// @param customer its customer's id or e-mail; null: not said
/// @param amount the money at stake; null: not said
/// @param attempt how often it was tried, from 1; 0: not said
/// @param reason the sender's words; null: none
/// @param occurrence the id of what happened this one time, such as a billing attempt; null: it has
///   none
/// @param others the ids of things that fail as one with the subject, such as the invoice of a
///   payment: who was told of one of them is not told of the other
public record Incident(
    Kind kind,
    String account,
    String subject,
    @Nullable String customer,
    @Nullable Money amount,
    int attempt,
    @Nullable String reason,
    Instant at,
    @Nullable String occurrence,
    List<String> others) {

  public Incident {
    others = List.copyOf(others);
  }

  /// One without an id of its own.
  public Incident(
      Kind kind,
      String account,
      String subject,
      @Nullable String customer,
      @Nullable Money amount,
      int attempt,
      @Nullable String reason,
      Instant at) {
    this(kind, account, subject, customer, amount, attempt, reason, at, null, List.of());
  }

  /// What happened.
  public enum Kind {
    SUBSCRIPTION_CANCELLED,
    CHARGE_FAILED,
    PAYMENT_FAILED,
    DISPUTE_OPENED,
    APP_UNINSTALLED
  }
}
