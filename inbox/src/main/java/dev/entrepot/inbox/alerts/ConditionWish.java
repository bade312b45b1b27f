package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A condition in plain fields, as forms and the API have it.
///
/// @param times at which failure to tell; for failures that are counted
/// @param withinDays only failures so close together count
/// @param amount from which a payment is large; with its currency
public record ConditionWish(
    Kind kind,
    @Nullable Integer times,
    @Nullable Integer withinDays,
    @Nullable BigDecimal amount,
    @Nullable String currency) {

  /// What a rule can be about.
  public enum Kind {
    SUBSCRIPTION_CANCELLED,
    CHARGE_FAILED_REPEATEDLY,
    LARGE_PAYMENT_FAILED,
    DISPUTE_OPENED,
    APP_UNINSTALLED
  }

  public static ConditionWish of(Condition condition) {
    ConditionColumns columns = ConditionColumns.of(condition);
    return new ConditionWish(
        Kind.valueOf(columns.kind().toUpperCase(Locale.ROOT).replace('-', '_')),
        columns.times(),
        columns.withinDays(),
        columns.amount(),
        columns.currency());
  }

  /// @throws InboxException INVALID naming the field
  public Condition condition() {
    return switch (kind) {
      case SUBSCRIPTION_CANCELLED -> new Condition.SubscriptionCancelled();
      case CHARGE_FAILED_REPEATEDLY -> repeatedly();
      case LARGE_PAYMENT_FAILED -> new Condition.LargePaymentFailed(money());
      case DISPUTE_OPENED -> new Condition.DisputeOpened();
      case APP_UNINSTALLED -> new Condition.AppUninstalled();
    };
  }

  private Condition repeatedly() {
    int count = times == null ? 2 : times;
    int days = withinDays == null ? 30 : withinDays;
    try {
      return new Condition.ChargeFailedRepeatedly(count, Duration.ofDays(days));
    } catch (IllegalArgumentException e) {
      throw new InboxException(Code.INVALID, "times", String.valueOf(e.getMessage()));
    }
  }

  private Money money() {
    if (amount == null || amount.signum() <= 0) {
      throw new InboxException(
          Code.INVALID, "amount", "say from which amount a payment is large; above 0");
    }
    try {
      return new Money(
          amount, Currency.getInstance(currency == null ? "" : currency.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new InboxException(
          Code.INVALID, "currency", "\"" + currency + "\" is no currency; give one such as EUR");
    }
  }
}
