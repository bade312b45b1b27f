package dev.entrepot.spi.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request under privacy law that the sender passes on and that must be carried out.
public sealed interface PrivacyRequest {
  /// The sender's account it concerns.
  String account();

  /// Tell what is known of a customer.
  ///
  /// @param request the sender's id of the request; null: none
  record CustomerData(
      String account,
      String customer,
      @Nullable String email,
      List<String> orders,
      @Nullable String request)
      implements PrivacyRequest {
    public CustomerData {
      orders = List.copyOf(orders);
    }
  }

  /// Erase what is known of a customer, and of these orders.
  record CustomerRedact(
      String account, String customer, @Nullable String email, List<String> orders)
      implements PrivacyRequest {
    public CustomerRedact {
      orders = List.copyOf(orders);
    }
  }

  /// Erase everything of the account.
  record AccountRedact(String account) implements PrivacyRequest {}
}
