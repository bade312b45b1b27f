package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
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

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<Step> steps = new ArrayList<>(created(connection, key));
    steps.addAll(changed(connection, key));
    steps.addAll(proposed(connection, key));
    return steps;
  }

  private static List<Step> created(Connection connection, String key) {
    return Sql.of(
            """
            select id, vendor, sku, name, state, created_at, created_batch, created_record
            from product where sku = ?
            union
            select id, vendor, sku, name, state, created_at, created_batch, created_record
            from product where vendor_product_id = ?
            limit ?
            """)
        .with(key, key, MOST)
        .list(
            connection,
            row ->
                new Step(
                    row.instant("created_at"),
                    "created",
                    "product/" + row.int8("id"),
                    row.uuidOrNull("created_batch"),
                    row.int8OrNull("created_record"),
                    row.text("name")
                        + " ("
                        + row.text("sku")
                        + ") of "
                        + row.text("vendor")
                        + ", now "
                        + row.text("state")));
  }

  private static List<Step> changed(Connection connection, String key) {
    return Sql.of(
            """
            select c.* from product_change c
            where c.product_id in (
              select id from product where sku = ?
              union select id from product where vendor_product_id = ?)
            order by c.id desc limit ?
            """)
        .with(key, key, MOST)
        .list(
            connection,
            row ->
                new Step(
                    row.instant("at"),
                    row.text("kind"),
                    "product/" + row.int8("product_id"),
                    row.uuidOrNull("batch_id"),
                    row.int8OrNull("record"),
                    row.json("changes").equals("[]") ? "" : row.json("changes")));
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
                "by " + Actor.inWords(by)));
  }
}
