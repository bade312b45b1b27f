package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Category;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The categories of the catalogue.
public final class CategoriesApi {
  private static final Access READ = Access.needs(Permission.READ_CATEGORIES);
  private static final Access WRITE = Access.needs(Permission.WRITE_CATEGORIES);

  private record NewCategory(
      String code, String name, @Nullable String parent, @Nullable Boolean active) {}

  /// A category as it was read, changed. What cannot be changed may be there and is not looked at.
  private record ChangedCategory(
      @Nullable String code,
      String name,
      @Nullable String parent,
      boolean active,
      @Nullable Long products,
      @Nullable Instant updatedAt) {}

  private final Catalogue catalogue;

  public CategoriesApi(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/categories"), "listCategories", READ, this::list),
        Route.post(ApiPath.of("/categories"), "createCategory", WRITE, this::create).replayed(),
        Route.put(ApiPath.of("/categories/{code}"), "updateCategory", WRITE, this::update));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(Items.all(catalogue.categories()));
  }

  private Answer create(Exchange exchange) {
    NewCategory given = exchange.json(NewCategory.class);
    Actor actor = exchange.principal().actor();
    Category category = catalogue.createCategory(actor, given.code(), given.name(), given.parent());
    if (given.active() != null && !given.active()) {
      category =
          catalogue.updateCategory(
              actor, category.code(), category.name(), category.parent(), false);
    }
    return Answer.created(ApiPath.of("/categories/" + category.code()), category);
  }

  private Answer update(Exchange exchange) {
    ChangedCategory given = exchange.json(ChangedCategory.class);
    String code = exchange.variable("code");
    if (given.code() != null && !given.code().equals(code)) {
      throw ProblemException.invalid(
          "code", "a category's code never changes: " + code + " cannot become " + given.code());
    }
    return Answer.json(
        catalogue.updateCategory(
            exchange.principal().actor(), code, given.name(), given.parent(), given.active()));
  }
}
