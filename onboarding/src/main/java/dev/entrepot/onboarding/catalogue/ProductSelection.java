package dev.entrepot.onboarding.catalogue;

import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statement that reads the products of a [Catalogue.Query]. Conditions that are not asked for
/// are left out, so that the planner sees what is.
final class ProductSelection {
  // Custom columns alone may be of any length.
  private static final long MOST_BYTES = 8_000_000;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  ProductSelection(Catalogue.Query query) {
    add("vendor = ?", query.vendor());
    add("category = ?", query.category());
    ProductState state = query.state();
    add("state = ?", state == null ? null : ProductRows.stored(state));
    String text = query.text();
    if (text != null && !text.isBlank()) {
      String part = literal(StorableText.repair(text.strip()));
      conditions.add("(sku ilike ? or vendor_product_id ilike ? or name ilike ?)");
      arguments.addAll(List.of(part + "%", part + "%", "%" + part + "%"));
    }
  }

  private void add(String condition, @Nullable String value) {
    if (value != null) {
      conditions.add(condition);
      arguments.add(StorableText.repair(value));
    }
  }

  // Without the meaning that LIKE gives to some characters.
  private static String literal(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /// Newest first, below an id.
  Sql newest(long belowId, int count) {
    List<String> where = new ArrayList<>(conditions);
    where.add("id < ?");
    List<Object> values = new ArrayList<>(arguments);
    values.add(belowId);
    values.add(count);
    return Sql.of("select * from product" + clause(where) + " order by id desc limit ?")
        .with(values.toArray());
  }

  /// All, oldest first.
  Sql all() {
    return Sql.of("select * from product" + clause(conditions) + " order by id")
        .with(arguments.toArray());
  }

  /// Oldest first, above an id: as many as are asked for, and fewer when they are heavy, but one at
  /// least. Each says among how many it was found, one more than are asked for at most.
  Sql following(@Nullable Instant changedSince, long aboveId, int count) {
    List<String> where = new ArrayList<>(conditions);
    List<Object> values = new ArrayList<>(arguments);
    if (changedSince != null) {
      where.add("updated_at >= ?");
      values.add(changedSince);
    }
    where.add("id > ?");
    values.add(aboveId);
    values.addAll(List.of(count + 1, count, MOST_BYTES));
    return Sql.of(
            """
            select * from (
              select *, count(*) over () as among, row_number() over (order by id) as place,
                sum(octet_length(custom::text)) over (order by id) as bytes
              from (select * from product%s order by id limit ?) p) counted
            where place <= ? and (place = 1 or bytes is null or bytes <= ?)
            order by id
            """
                .formatted(clause(where)))
        .with(values.toArray());
  }

  /// The names of their custom columns.
  Sql customColumns() {
    List<String> where = new ArrayList<>(conditions);
    where.add("custom is not null");
    return Sql.of(
            "select distinct k.column_name as name from product, jsonb_object_keys(custom) k(column_name)"
                + clause(where)
                + " order by 1")
        .with(arguments.toArray());
  }

  private static String clause(List<String> conditions) {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }
}
