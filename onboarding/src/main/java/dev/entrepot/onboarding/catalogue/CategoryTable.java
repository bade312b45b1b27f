package dev.entrepot.onboarding.catalogue;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The categories in the table `category`. They are few, so a change reads them all, under a lock
/// that keeps other changes out but lets readers through.
final class CategoryTable {
  private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int MAX_CODE = 60;
  private static final int MAX_NAME = 100;

  private static final Sql LIST =
      Sql.of(
          """
          select c.*, coalesce(p.products, 0) as products
          from category c
          left join (select category, count(*) as products from product group by category) p
            on p.category = c.code
          order by lower(c.name), c.code
          """);

  private static final Sql LOCK = Sql.of("lock table category in share row exclusive mode");

  private static final Sql ALL = Sql.of("select *, 0 as products from category order by code");

  private static final Sql INSERT =
      Sql.of("insert into category (code, name, parent, updated_at) values (?, ?, ?, ?)");

  private static final Sql UPDATE =
      Sql.of(
          """
          update category set name = ?, parent = ?, active = ?, updated_at = ? where code = ?
          """);

  private static final Sql FIND =
      Sql.of(
          """
          select c.*, (select count(*) from product p where p.category = c.code) as products
          from category c where c.code = ?
          """);

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;

  CategoryTable(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  List<Category> list() {
    return database.read(connection -> LIST.list(connection, CategoryTable::read));
  }

  /// All, with no products in any.
  List<Category> listUncounted() {
    return database.read(connection -> ALL.list(connection, CategoryTable::read));
  }

  Category create(Actor actor, String code, String name, @Nullable String parent) {
    checkCode(code);
    String checkedName = checkedName(name);
    return database.write(transaction -> {
      Map<String, Category> known = lockAll(transaction);
      if (known.containsKey(code)) {
        throw new OnboardingException(
            Code.CONFLICT,
            "code",
            "category " + code + " exists already; change it, or take another code");
      }
      checkUnmistakable(known, code, code, "code");
      checkUnmistakable(known, code, checkedName, "name");
      checkParent(known, code, parent);
      INSERT.with(code, checkedName, parent, clock.instant()).updateOne(transaction);
      Map<String, String> details = new LinkedHashMap<>();
      details.put("name", checkedName);
      if (parent != null) {
        details.put("parent", parent);
      }
      activities.record(transaction, actor, "category.create", "category/" + code, details);
      return FIND.with(code).one(transaction, CategoryTable::read);
    });
  }

  Category update(Actor actor, String code, String name, @Nullable String parent, boolean active) {
    String checkedName = checkedName(name);
    return database.write(transaction -> {
      Map<String, Category> known = lockAll(transaction);
      Category current = known.get(code);
      if (current == null) {
        throw new OnboardingException(
            Code.NOT_FOUND, "there is no category " + code + "; look at the list of them");
      }
      checkUnmistakable(known, code, checkedName, "name");
      checkParent(known, code, parent);
      Map<String, Object> changes = new LinkedHashMap<>();
      note(changes, "name", current.name(), checkedName);
      note(changes, "parent", current.parent(), parent);
      note(changes, "active", current.active(), active);
      if (!changes.isEmpty()) {
        UPDATE.with(checkedName, parent, active, clock.instant(), code).updateOne(transaction);
        activities.record(transaction, actor, "category.update", "category/" + code, changes);
      }
      return FIND.with(code).one(transaction, CategoryTable::read);
    });
  }

  private static Map<String, Category> lockAll(Connection transaction) {
    LOCK.update(transaction);
    Map<String, Category> known = new HashMap<>();
    for (Category category : ALL.list(transaction, CategoryTable::read)) {
      known.put(category.code(), category);
    }
    return known;
  }

  private static void checkCode(String code) {
    if (code.length() > MAX_CODE || !CODE.matcher(code).matches()) {
      throw new OnboardingException(
          Code.INVALID,
          "code",
          "the category code \""
              + code
              + "\" does not fit; take at most "
              + MAX_CODE
              + " lower case letters and digits with single hyphens between them, such as "
              + suggestion(code));
    }
  }

  private static String suggestion(String code) {
    String slug = Slugs.slug(code);
    return slug.length() > MAX_CODE ? "home-garden" : slug;
  }

  private static String checkedName(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
      throw new OnboardingException(
          Code.INVALID,
          "name",
          "a category's name has 1 to "
              + MAX_NAME
              + " characters, not "
              + stripped.length()
              + "; give one that suppliers will recognise");
    }
    if (!StorableText.accepts(stripped) || stripped.chars().anyMatch(Character::isISOControl)) {
      throw new OnboardingException(
          Code.INVALID, "name", "the category's name contains a control character; take it out");
    }
    return stripped;
  }

  // Suppliers write codes or names, in any case: neither may stand for two categories.
  private static void checkUnmistakable(
      Map<String, Category> known, String code, String word, String field) {
    for (Category other : known.values()) {
      if (!other.code().equals(code)
          && (folded(other.name()).equals(folded(word)) || other.code().equals(folded(word)))) {
        throw new OnboardingException(
            Code.CONFLICT,
            field,
            "\""
                + word
                + "\" already stands for category "
                + other.code()
                + " (\""
                + other.name()
                + "\"); take another "
                + field);
      }
    }
  }

  private static String folded(String word) {
    return word.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static void checkParent(
      Map<String, Category> known, String code, @Nullable String parent) {
    String above = parent;
    // Bounded, should a circle have got in by another way.
    for (int steps = 0; above != null && steps <= known.size(); steps++) {
      if (above.equals(code)) {
        throw new OnboardingException(
            Code.INVALID,
            "parent",
            "category "
                + code
                + " cannot be below "
                + parent
                + ", which is the same or below it; choose another parent");
      }
      Category category = known.get(above);
      if (category == null) {
        throw new OnboardingException(
            Code.INVALID,
            "parent",
            "there is no category " + above + " to be the parent; create it first");
      }
      above = category.parent();
    }
  }

  private static void note(
      Map<String, Object> changes, String field, @Nullable Object from, @Nullable Object to) {
    if (!Objects.equals(from, to)) {
      changes.put(
          field, Map.of("from", Objects.toString(from, ""), "to", Objects.toString(to, "")));
    }
  }

  private static Category read(Row row) {
    return new Category(
        row.text("code"),
        row.text("name"),
        row.textOrNull("parent"),
        row.bool("active"),
        row.int8("products"),
        row.instant("updated_at"));
  }
}
