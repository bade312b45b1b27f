package dev.entrepot.console.pages.shell;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Nav;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which pages a role finds in the navigation.
final class Navigation {
  private static final int MOST_COUNTED = 100;

  private final Uploads uploads;

  Navigation(Uploads uploads) {
    this.uploads = uploads;
  }

  Nav of(Principal principal) {
    return principal.role() == Role.SUPPLIER ? supplier() : operator(principal);
  }

  private static Nav supplier() {
    return new Nav(
        List.of(
            new Nav.Group(
                null,
                List.of(
                    Nav.Item.of("Home", "/", Icon.OVERVIEW),
                    Nav.Item.of("Uploads", "/uploads", Icon.UPLOAD),
                    Nav.Item.of("Products", "/products", Icon.CATALOGUE),
                    Nav.Item.of("Mappings", "/mappings", Icon.MAPPING),
                    Nav.Item.of("Rules", "/rules", Icon.RULES)))));
  }

  private Nav operator(Principal principal) {
    List<Nav.Item> daily = new ArrayList<>();
    daily.add(Nav.Item.of("Overview", "/", Icon.OVERVIEW));
    daily.add(Nav.Item.of("Uploads", "/uploads", Icon.UPLOAD));
    daily.add(Nav.Item.of("Products", "/products", Icon.CATALOGUE));
    if (principal.may(Permission.APPROVE)) {
      daily.add(new Nav.Item("Approvals", "/approvals", Icon.APPROVALS, waiting()));
    }
    return new Nav(
        List.of(
            new Nav.Group(null, daily),
            new Nav.Group(
                "Onboarding",
                List.of(
                    Nav.Item.of("Vendors", "/vendors", Icon.VENDORS),
                    Nav.Item.of("Column mappings", "/mappings", Icon.MAPPING),
                    Nav.Item.of("Rules", "/rules", Icon.RULES),
                    Nav.Item.of("Categories", "/categories", Icon.CATEGORIES),
                    Nav.Item.of("Exchange rates", "/rates", Icon.RECONCILE))),
            new Nav.Group("Flows", List.of(Nav.Item.of("Sync", "/sync", Icon.FLOWS))),
            new Nav.Group("Events", List.of(Nav.Item.of("Inbox", "/inbox", Icon.INBOX))),
            new Nav.Group("Operations", operations(principal))));
  }

  private static List<Nav.Item> operations(Principal principal) {
    List<Nav.Item> items = new ArrayList<>();
    add(items, principal, Permission.READ_LEDGER, "Trace", "/trace", Icon.TRACE);
    add(items, principal, Permission.AUDIT, "Audit", "/audit", Icon.AUDIT);
    add(items, principal, Permission.READ_LEDGER, "Activity", "/activity", Icon.CLOCK);
    add(items, principal, Permission.READ_NOTICES, "Mail & webhooks", "/notices", Icon.MAIL);
    add(items, principal, Permission.MANAGE_ACCESS, "Users", "/users", Icon.USERS);
    add(items, principal, Permission.MANAGE_ACCESS, "API keys", "/keys", Icon.KEY);
    add(items, principal, Permission.READ_LEDGER, "Health", "/health", Icon.QUALITY);
    return items;
  }

  private static void add(
      List<Nav.Item> items,
      Principal principal,
      @Nullable Permission needed,
      String label,
      String href,
      Icon icon) {
    if (needed == null || principal.may(needed)) {
      items.add(Nav.Item.of(label, href, icon));
    }
  }

  /// How many uploads wait for approval.
  private long waiting() {
    return uploads.awaitingApproval(null, MOST_COUNTED).items().size();
  }
}
