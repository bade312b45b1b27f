package dev.entrepot.onboarding.vendors;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The vendors. Every change is recorded as an activity. Safe for use by many threads.
public interface Vendors {
  /// @throws dev.entrepot.onboarding.OnboardingException CONFLICT when the code is taken, INVALID
  ///   when a field does not fit
  Vendor create(Actor actor, VendorDraft draft);

  /// @param version the version the change was made from
  /// @throws dev.entrepot.onboarding.OnboardingException NOT_FOUND, INVALID, or CONFLICT when the
  ///   vendor was changed meanwhile
  Vendor update(Actor actor, VendorDraft draft, int version);

  Optional<Vendor> find(String code);

  /// As [#find(String)], by a transaction of the caller's, which must not take another connection.
  Optional<Vendor> find(Connection transaction, String code);

  /// Vendors by code.
  ///
  /// @param status only those in this state; null: all
  /// @param text only those whose code or name contains this, without case; null: all
  Page<Vendor> list(
      @Nullable VendorStatus status, @Nullable String text, @Nullable String cursor, int size);

  /// Makes a new signing secret (Standard Webhooks, `whsec_…`) for the vendor's webhook and returns
  /// it; it is not shown again.
  String rotateWebhookSecret(Actor actor, String code);
}
