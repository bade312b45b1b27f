package dev.entrepot.inbox.alerts;

import dev.entrepot.model.Money;
import dev.entrepot.spi.event.Incident;
import java.time.Duration;

/// Which incidents a rule is about.
public sealed interface Condition {

  /// What is matched before anything is counted.
  boolean matches(Incident incident);

  /// A subscription was cancelled.
  record SubscriptionCancelled() implements Condition {
    @Override
    public boolean matches(Incident incident) {
      return incident.kind() == Incident.Kind.SUBSCRIPTION_CANCELLED;
    }
  }

  /// Charging for the same subject failed again and again.
  ///
  /// @param times at which failure to tell, from 1
  /// @param within only failures so close together count; whole days, at most 365
  record ChargeFailedRepeatedly(int times, Duration within) implements Condition {
    public ChargeFailedRepeatedly {
      if (times < 1 || within.toDays() < 1 || within.toDays() > 365) {
        throw new IllegalArgumentException(
            times + " failures within " + within + ": give at least 1 within 1 to 365 days");
      }
    }

    @Override
    public boolean matches(Incident incident) {
      return incident.kind() == Incident.Kind.CHARGE_FAILED;
    }
  }

  /// A payment or charge of at least an amount failed. Amounts in other currencies are not
  /// compared.
  record LargePaymentFailed(Money atLeast) implements Condition {
    public LargePaymentFailed {
      if (atLeast.amount().signum() <= 0) {
        throw new IllegalArgumentException(
            "the amount from which a payment is large is not positive: " + atLeast);
      }
    }

    @Override
    public boolean matches(Incident incident) {
      Money amount = incident.amount();
      return (incident.kind() == Incident.Kind.PAYMENT_FAILED
              || incident.kind() == Incident.Kind.CHARGE_FAILED)
          && amount != null
          && amount.currency().equals(atLeast.currency())
          && amount.amount().compareTo(atLeast.amount()) >= 0;
    }
  }

  /// A dispute was opened.
  record DisputeOpened() implements Condition {
    @Override
    public boolean matches(Incident incident) {
      return incident.kind() == Incident.Kind.DISPUTE_OPENED;
    }
  }

  /// A shop removed the app.
  record AppUninstalled() implements Condition {
    @Override
    public boolean matches(Incident incident) {
      return incident.kind() == Incident.Kind.APP_UNINSTALLED;
    }
  }
}
