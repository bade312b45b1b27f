package dev.entrepot.inbox.hotstore;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A customer of an account, by all that is known of who it is.
///
/// @param customer the id at the sender
/// @param email null: not known
/// @param orders ids of the customer's orders, as far as they are known
public record Person(
    String tenant, String account, String customer, @Nullable String email, List<String> orders) {
  public Person {
    tenant = StoredName.of(tenant);
    account = StoredName.of(account);
    customer = StoredName.of(customer);
    email = email == null ? null : StoredName.of(email.strip().toLowerCase(Locale.ROOT));
    orders = orders.stream().map(StoredName::of).toList();
  }
}
