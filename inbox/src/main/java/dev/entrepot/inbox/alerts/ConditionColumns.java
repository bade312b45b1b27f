package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.alerts.Condition.AppUninstalled;
import dev.entrepot.inbox.alerts.Condition.ChargeFailedRepeatedly;
import dev.entrepot.inbox.alerts.Condition.DisputeOpened;
import dev.entrepot.inbox.alerts.Condition.LargePaymentFailed;
import dev.entrepot.inbox.alerts.Condition.SubscriptionCancelled;
import dev.entrepot.model.Money;
import dev.entrepot.storage.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// A condition as the columns of the table `alert_rule`.
record ConditionColumns(
    String kind,
    @Nullable Integer times,
    @Nullable Integer withinDays,
    @Nullable BigDecimal amount,
    @Nullable String currency) {
  private static final String CANCELLED = "subscription-cancelled";
  private static final String REPEATEDLY = "charge-failed-repeatedly";
  private static final String LARGE = "large-payment-failed";
  private static final String DISPUTE = "dispute-opened";
  private static final String UNINSTALLED = "app-uninstalled";

  static ConditionColumns of(Condition condition) {
    return switch (condition) {
      case SubscriptionCancelled _ -> plain(CANCELLED);
      case ChargeFailedRepeatedly(int times, Duration within) ->
          new ConditionColumns(REPEATEDLY, times, (int) within.toDays(), null, null);
      case LargePaymentFailed(Money money) ->
          new ConditionColumns(
              LARGE, null, null, money.amount(), money.currency().getCurrencyCode());
      case DisputeOpened _ -> plain(DISPUTE);
      case AppUninstalled _ -> plain(UNINSTALLED);
    };
  }

  private static ConditionColumns plain(String kind) {
    return new ConditionColumns(kind, null, null, null, null);
  }

  static Condition read(Row row) {
    String kind = row.text("kind");
    return switch (kind) {
      case CANCELLED -> new SubscriptionCancelled();
      case REPEATEDLY ->
          new ChargeFailedRepeatedly(row.int4("times"), Duration.ofDays(row.int4("within_days")));
      case LARGE ->
          new LargePaymentFailed(
              new Money(row.numeric("amount"), Currency.getInstance(row.text("currency"))));
      case DISPUTE -> new DisputeOpened();
      case UNINSTALLED -> new AppUninstalled();
      default ->
          throw new IllegalStateException(
              "an alert rule has the kind " + kind + ", which this program does not know");
    };
  }
}
