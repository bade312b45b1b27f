package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What onboarding knows of a SKU or a vendor's product id: the product, everything that changed
/// it, rows that wait for approval.
public final class UploadTrace implements TraceSource {
  private static final int MOST = 1_000;

  private static final String FORMER =
      """
      select e.value ->> 'from' as former
      from product_change c, jsonb_array_elements(c.changes) with ordinality e (value, place)
      where c.product_id = p.id and e.value ->> 'field' =\
      """;

  private static final String FIRST = "order by c.id, e.place limit 1";

  @Override
  public List<Step> trace(Connection connection, String key) {
    Long[] products = products(connection, key);
    List<Step> steps = new ArrayList<>(created(connection, products));
    steps.addAll(changed(connection, products));
    steps.addAll(proposed(connection, key));
    return steps;
  }

  /// The products that have a key now, or had it before an update gave them another.
  private static Long[] products(Connection connection, String key) {
    return Sql.of(
            """
            select id from product where sku = ?
            union
            select id from product where vendor_product_id = ?
            union
            select product_id from product_change
            where (changes @> '[{"field": "sku"}]' or changes @> '[{"field": "vendor_product_id"}]')
              and (changes @> jsonb_build_array(jsonb_build_object('field', 'sku', 'from', ?::text))
                or changes @> jsonb_build_array(
                  jsonb_build_object('field', 'vendor_product_id', 'from', ?::text)))
            limit ?
            """)
        .with(key, key, key, key, MOST)
        .list(connection, row -> row.int8("id"))
        .toArray(Long[]::new);
  }

  /// Products as they were made: what a field was before it changed first.
  private static List<Step> created(Connection connection, Long[] products) {
    return Sql.of(
            """
            select p.*, coalesce(n.former, p.name) as first_name, coalesce(s.former, p.sku) as first_sku
            from product p
            left join lateral (%1$s 'product_name' %2$s) n on true
            left join lateral (%1$s 'sku' %2$s) s on true
            where p.id = any(?)
            """
                .formatted(FORMER, FIRST))
        .with((Object) products)
        .list(
            connection,
            row ->
                new Step(
                    row.instant("created_at"),
                    "created",
                    "product/" + row.int8("id"),
                    row.uuidOrNull("created_batch"),
                    row.int8OrNull("created_record"),
                    row.text("first_name")
                        + " ("
                        + row.text("first_sku")
                        + ") of "
                        + row.text("vendor")
                        + ", now "
                        + row.text("state")));
  }

  private static List<Step> changed(Connection connection, Long[] products) {
    return Sql.of("select * from product_change where product_id = any(?) order by id desc limit ?")
        .with(products, MOST)
        .list(
            connection,
            row ->
                new Step(
                    row.instant("at"),
                    row.text("kind"),
                    "product/" + row.int8("product_id"),
                    row.uuidOrNull("batch_id"),
                    row.int8OrNull("record"),
                    ProductChange.inWords(row.json("changes"))));
  }

  private static List<Step> proposed(Connection connection, String key) {
    List<Step> steps = new ArrayList<>();
    for (List<Step> pair :
        Sql.of("select * from proposal where sku = ? order by batch_id limit ?")
            .with(key, MOST)
            .list(connection, UploadTrace::proposal)) {
      steps.addAll(pair);
    }
    return steps;
  }

  private static List<Step> proposal(Row row) {
    UUID batch = row.uuid("batch_id");
    long record = row.int8("record");
    String subject = "proposal/" + batch + "/" + record;
    Step waiting =
        new Step(
            SortableId.madeAt(batch),
            "waiting for approval",
            subject,
            batch,
            record,
            "of " + row.text("vendor"));
    @Nullable String reason = row.textOrNull("reason");
    @Nullable String by = row.textOrNull("decided_by");
    return by == null
        ? List.of(waiting)
        : List.of(
            waiting,
            new Step(
                row.instant("decided_at"),
                row.text("state"),
                subject,
                batch,
                record,
                "by " + Actor.inWords(by) + (reason == null ? "" : ": " + reason)));
  }
}
