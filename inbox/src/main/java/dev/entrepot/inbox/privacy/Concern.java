package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.privacy.EventEraser.Scope;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.PrivacyRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what is about a customer or account from what is not: by what an event says once it is
/// read, and by its text, in which the customer's e-mail address and the ids of the customer and of
/// what belongs to the customer are looked for. So events that cannot be read are found, too, and
/// those that mention the customer among others.
final class Concern {
  /// Shorter ids stand for anything in a text.
  private static final int SHORTEST_ID = 8;

  private final Scope scope;
  private final Set<String> ids = new HashSet<>();

  Concern(Scope scope) {
    this.scope = scope;
    if (scope instanceof Scope.OfCustomer customer) {
      ids.add(customer.customer());
      customer.entities().forEach(entity -> ids.add(entity.id()));
      ids.removeIf(id -> id.length() < SHORTEST_ID || !id.chars().allMatch(Concern::inId));
    }
  }

  /// Whether an event is to be erased, or told.
  ///
  /// @param facts null: it cannot be read
  /// @param text the body
  boolean of(Identity identity, @Nullable Facts facts, String text) {
    boolean ofAccount = keyOfAccount(identity.key());
    return switch (scope) {
      case Scope.OfAccount _ -> ofAccount || (facts != null && factsOfAccount(facts));
      case Scope.OfCustomer customer ->
          (facts != null && saysCustomer(facts, customer))
              || (ofAccount && mentions(text, customer));
    };
  }

  private boolean keyOfAccount(String key) {
    String account = scope.account();
    return key.equals(account) || key.startsWith(account + "/");
  }

  private boolean factsOfAccount(Facts facts) {
    return facts.changes().stream().anyMatch(change -> isAccount(change.account()))
        || facts.incidents().stream().anyMatch(incident -> isAccount(incident.account()))
        || facts.privacy().stream().anyMatch(request -> isAccount(request.account()));
  }

  private boolean isAccount(String account) {
    return account.equals(scope.account());
  }

  private boolean saysCustomer(Facts facts, Scope.OfCustomer customer) {
    return facts.changes().stream()
            .anyMatch(change -> isAccount(change.account()) && says(change, customer))
        || facts.incidents().stream()
            .anyMatch(incident -> isAccount(incident.account()) && says(incident, customer))
        || facts.privacy().stream()
            .anyMatch(request -> isAccount(request.account()) && says(request, customer));
  }

  private static boolean says(EntityChange change, Scope.OfCustomer customer) {
    if (change.type() == EntityType.CUSTOMER && change.id().equals(customer.customer())) {
      return true;
    }
    EntityKey key = new EntityKey(customer.tenant(), change.type(), change.account(), change.id());
    if (customer.entities().contains(key)) {
      return true;
    }
    return switch (change) {
      case EntityChange.Present present -> says(present.lookups(), customer);
      case EntityChange.CheckoutCompleted completed ->
          completed.order() != null && isOrder(customer, completed.order());
      case EntityChange.Deleted _ -> false;
    };
  }

  private static boolean says(Map<Lookup, List<String>> lookups, Scope.OfCustomer customer) {
    return lookups.getOrDefault(Lookup.CUSTOMER_ID, List.of()).contains(customer.customer())
        || (customer.email() != null
            && lookups.getOrDefault(Lookup.CUSTOMER_EMAIL, List.of()).stream()
                .anyMatch(customer.email()::equalsIgnoreCase))
        || lookups.getOrDefault(Lookup.ORDER_ID, List.of()).stream()
            .anyMatch(order -> isOrder(customer, order));
  }

  private static boolean isOrder(Scope.OfCustomer customer, String order) {
    return customer
        .entities()
        .contains(new EntityKey(customer.tenant(), EntityType.ORDER, customer.account(), order));
  }

  private static boolean says(Incident incident, Scope.OfCustomer customer) {
    String named = incident.customer();
    return named != null
        && (named.equals(customer.customer()) || named.equalsIgnoreCase(customer.email()));
  }

  private static boolean says(PrivacyRequest request, Scope.OfCustomer customer) {
    String named =
        switch (request) {
          case PrivacyRequest.CustomerData data -> data.customer();
          case PrivacyRequest.CustomerRedact redact -> redact.customer();
          case PrivacyRequest.AccountRedact _ -> null;
        };
    return Objects.equals(named, customer.customer());
  }

  /// Whether a text holds the e-mail address, or one of the ids as a word of its own.
  private boolean mentions(String text, Scope.OfCustomer customer) {
    String email = customer.email();
    return (email != null && text.toLowerCase(Locale.ROOT).contains(email)) || hasId(text);
  }

  private boolean hasId(String text) {
    if (ids.isEmpty()) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && inId(text.charAt(i))) {
        continue;
      }
      if (i - start >= SHORTEST_ID && ids.contains(text.substring(start, i))) {
        return true;
      }
      start = i + 1;
    }
    return false;
  }

  private static boolean inId(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '-';
  }
}
