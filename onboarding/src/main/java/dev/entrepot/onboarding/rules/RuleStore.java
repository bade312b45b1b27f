package dev.entrepot.onboarding.rules;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The operators' and suppliers' rules in the table `vendor_rule`. Safe for use by many threads.
public final class RuleStore implements VendorRules {
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_MESSAGE = 500;
  private static final int MOST_ROWS = 100_000;
  private static final int MOST_OF_SUPPLIER = 50;

  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended('vendor_rule', 0))");
  private static final Sql RIVALS =
      Sql.of(
          """
          select * from vendor_rule
          where id <> ? and (vendor is null or ?::text is null or vendor = ?)
          """);
  private static final Sql INSERT =
      Sql.of(
          """
          insert into vendor_rule
            (id, vendor, name, expression, message, field, severity, active, author, created_by)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          returning *
          """);
  private static final Sql UPDATE =
      Sql.of(
          """
          update vendor_rule set vendor = ?, name = ?, expression = ?, message = ?, field = ?,
            severity = ?, active = ?, updated_at = now(), version = version + 1
          where id = ? and version = ?
            and (?::text is null or (vendor = ? and author = 'supplier'))
          returning *
          """);
  private static final Sql DELETE =
      Sql.of(
          """
          delete from vendor_rule
          where id = ? and (?::text is null or (vendor = ? and author = 'supplier'))
          returning *
          """);
  private static final Sql OF_SUPPLIER =
      Sql.of("select count(*) n from vendor_rule where vendor = ? and author = 'supplier'");
  private static final Sql FIND = Sql.of("select * from vendor_rule where id = ?");
  private static final Sql LIST =
      Sql.of(
          """
          select * from vendor_rule
          where ?::text is null or vendor is null or vendor = ?
          order by vendor nulls first, id
          """);

  private final Database database;
  private final ActivityLog activities;
  private final PastRows pastRows;

  public RuleStore(Database database, ActivityLog activities, PastRows pastRows) {
    this.database = database;
    this.activities = activities;
    this.pastRows = pastRows;
  }

  @Override
  public Verdict check(String expression) {
    try {
      CompiledRule.of(expression);
      return new Verdict(true, null);
    } catch (OnboardingException e) {
      return new Verdict(false, e.getMessage());
    }
  }

  @Override
  public Trial test(@Nullable String vendor, String expression, int rows) {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new OnboardingException(
          Code.INVALID, "rows", "rows is %d: try from 1 to %d".formatted(rows, MOST_ROWS));
    }
    var trial = new RuleTrial(CompiledRule.of(expression));
    return trial.result(pastRows.newest(vendor, rows, trial));
  }

  @Override
  public Rule create(Actor actor, Draft draft) {
    return create(actor, draft, Author.OPERATOR);
  }

  Rule create(Actor actor, Draft draft, Author author) {
    requireValid(draft);
    UUID id = SortableId.next();
    return write(
        draft,
        connection -> {
          requireFreeCode(connection, id, draft);
          if (author == Author.SUPPLIER) {
            requireFew(connection, draft);
          }
          Rule created =
              INSERT
                  .with(
                      id,
                      draft.vendor(),
                      draft.name(),
                      draft.expression(),
                      draft.message(),
                      draft.field(),
                      text(draft.severity()),
                      draft.active(),
                      text(author),
                      actor.reference())
                  .one(connection, RuleStore::rule);
          record(connection, actor, "rule.create", created);
          return created;
        });
  }

  @Override
  public Rule update(Actor actor, UUID id, Draft draft, int version) {
    return update(actor, id, draft, version, null);
  }

  /// @param supplier changes only what a supplier of this vendor wrote for it; null: any
  Rule update(Actor actor, UUID id, Draft draft, int version, @Nullable String supplier) {
    requireValid(draft);
    return write(
        draft,
        connection -> {
          requireFreeCode(connection, id, draft);
          Rule updated =
              UPDATE
                  .with(
                      draft.vendor(),
                      draft.name(),
                      draft.expression(),
                      draft.message(),
                      draft.field(),
                      text(draft.severity()),
                      draft.active(),
                      id,
                      version,
                      supplier,
                      supplier)
                  .first(connection, RuleStore::rule)
                  .orElseThrow(() -> lost(connection, id, version));
          record(connection, actor, "rule.update", updated);
          return updated;
        });
  }

  @Override
  public void delete(Actor actor, UUID id) {
    delete(actor, id, null);
  }

  /// @param supplier deletes only what a supplier of this vendor wrote for it; null: any
  void delete(Actor actor, UUID id, @Nullable String supplier) {
    Rule deleted =
        database.write(connection -> {
          Rule rule =
              DELETE
                  .with(id, supplier, supplier)
                  .first(connection, RuleStore::rule)
                  .orElseThrow(() -> unknown(id));
          record(connection, actor, "rule.delete", rule);
          return rule;
        });
    assert deleted.id().equals(id);
  }

  @Override
  public Optional<Rule> find(UUID id) {
    return database.read(connection -> FIND.with(id).first(connection, RuleStore::rule));
  }

  @Override
  public List<Rule> list(@Nullable String vendor) {
    return database.read(connection -> LIST.with(vendor, vendor).list(connection, RuleStore::rule));
  }

  @Override
  public boolean mayChange(Rule rule) {
    return true;
  }

  @Override
  public VendorRules within(String vendor) {
    return new SupplierRules(this, vendor);
  }

  private Rule write(Draft draft, Database.Work<Rule> work) {
    try {
      return database.write(work);
    } catch (StorageException e) {
      if (e.constraint().filter("vendor_rule_vendor_fkey"::equals).isPresent()) {
        throw new OnboardingException(
            Code.NOT_FOUND, "vendor", "there is no vendor " + draft.vendor());
      }
      throw e;
    }
  }

  private static void requireValid(Draft draft) {
    String code = RuleCodes.of(draft.name());
    if (code.isEmpty() || draft.name().length() > LONGEST_NAME) {
      throw new OnboardingException(
          Code.INVALID,
          "name",
          "the rule's name \"%s\" needs letters and at most %d characters: its code is made of it"
              .formatted(draft.name(), LONGEST_NAME));
    }
    if (RuleCodes.isBuiltIn(code)) {
      throw new OnboardingException(
          Code.INVALID,
          "name",
          "\"%s\" is the name of a built-in rule: choose another".formatted(draft.name()));
    }
    if (draft.message().isBlank() || draft.message().length() > LONGEST_MESSAGE) {
      throw new OnboardingException(
          Code.INVALID,
          "message",
          "the message must tell the supplier what to do, in at most %d characters"
              .formatted(LONGEST_MESSAGE));
    }
    String field = draft.field();
    if (field != null && Field.ofColumn(field).isEmpty()) {
      throw new OnboardingException(
          Code.INVALID, "field", "there is no field \"%s\" to mark".formatted(field));
    }
    CompiledRule.of(draft.expression());
  }

  /// Two rules that can meet in one file must not have the same code. Writers take turns.
  private static void requireFreeCode(Connection connection, UUID id, Draft draft) {
    Optional<String> locked = LOCK.first(connection, row -> "");
    assert locked.isPresent();
    String code = RuleCodes.of(draft.name());
    RIVALS.with(id, draft.vendor(), draft.vendor()).list(connection, RuleStore::rule).stream()
        .filter(rival -> RuleCodes.of(rival.draft().name()).equals(code))
        .findFirst()
        .ifPresent(rival -> {
          throw new OnboardingException(
              Code.CONFLICT,
              "name",
              "the rule \"%s\" of %s has the same code %s: choose another name"
                  .formatted(rival.draft().name(), owner(rival), code));
        });
  }

  private static void requireFew(Connection connection, Draft draft) {
    long rules = OF_SUPPLIER.with(draft.vendor()).one(connection, row -> row.int8("n"));
    if (rules >= MOST_OF_SUPPLIER) {
      throw new OnboardingException(
          Code.INVALID,
          "%s has %d rules of its own, and may have no more; delete one first"
              .formatted(draft.vendor(), rules));
    }
  }

  private static String owner(Rule rule) {
    String vendor = rule.draft().vendor();
    return vendor == null ? "all vendors" : vendor;
  }

  private static OnboardingException lost(Connection connection, UUID id, int version) {
    return FIND.with(id)
        .first(connection, RuleStore::rule)
        .map(rule ->
            new OnboardingException(
                Code.CONFLICT,
                "rule \"%s\" is at version %d, not %d: somebody changed it meanwhile; load it again"
                    .formatted(rule.draft().name(), rule.version(), version)))
        .orElseGet(() -> unknown(id));
  }

  static OnboardingException unknown(UUID id) {
    return new OnboardingException(Code.NOT_FOUND, "there is no rule " + id);
  }

  private void record(Connection connection, Actor actor, String action, Rule rule) {
    var details = new HashMap<String, Object>();
    details.put("name", rule.draft().name());
    details.put("vendor", rule.draft().vendor() == null ? "" : rule.draft().vendor());
    details.put("expression", rule.draft().expression());
    details.put("severity", text(rule.draft().severity()));
    details.put("active", rule.draft().active());
    details.put("version", rule.version());
    activities.record(connection, actor, action, "rule/" + rule.id(), Map.copyOf(details));
  }

  private static Rule rule(Row row) {
    return new Rule(
        row.uuid("id"),
        new Draft(
            row.textOrNull("vendor"),
            row.text("name"),
            row.text("expression"),
            row.text("message"),
            row.textOrNull("field"),
            Severity.valueOf(row.text("severity").toUpperCase(Locale.ROOT)),
            row.bool("active")),
        Author.valueOf(row.text("author").toUpperCase(Locale.ROOT)),
        row.text("created_by"),
        row.instant("updated_at"),
        row.int4("version"));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
