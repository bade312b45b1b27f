package dev.entrepot.onboarding.catalogue;

import dev.entrepot.model.Actor;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads a product's story: its creation from its own row and the upload that brought it, the rest
/// from `product_change`, whose `changes` are an array of `{"field", "from", "to"}`.
final class ProductHistory {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<ProductChange.FieldChange>> CHANGES =
      new TypeReference<>() {};

  private static final Sql CREATION =
      Sql.of(
          """
          select p.created_at, p.created_batch, p.created_record, u.submitted_by,
            w.decided_by as approved_by
          from product p left join upload u on u.id = p.created_batch
          left join proposal w on w.batch_id = p.created_batch and w.record = p.created_record
            and w.state = 'approved'
          where p.id = ?
          """);

  private static final Sql CHANGED =
      Sql.of(
          """
          select c.*, w.decided_by as approved_by
          from product_change c
          left join proposal w on w.batch_id = c.batch_id and w.record = c.record
            and w.state = 'approved'
          where c.product_id = ? order by c.id
          """);

  private ProductHistory() {}

  static List<ProductChange> read(Connection connection, long id) {
    List<ProductChange> story = new ArrayList<>();
    story.add(
        CREATION
            .with(id)
            .first(connection, ProductHistory::creation)
            .orElseThrow(() -> ProductMoves.absent(id)));
    story.addAll(CHANGED.with(id).list(connection, ProductHistory::change));
    return story;
  }

  private static ProductChange creation(Row row) {
    String submittedBy = row.textOrNull("submitted_by");
    return new ProductChange(
        ProductChange.Kind.CREATED,
        row.instant("created_at"),
        submittedBy == null ? Actor.system("catalogue").reference() : submittedBy,
        row.textOrNull("approved_by"),
        row.uuidOrNull("created_batch"),
        row.int8OrNull("created_record"),
        List.of());
  }

  private static ProductChange change(Row row) {
    return new ProductChange(
        ProductChange.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.instant("at"),
        row.text("actor"),
        row.textOrNull("approved_by"),
        row.uuidOrNull("batch_id"),
        row.int8OrNull("record"),
        changes(row.json("changes")));
  }

  static List<ProductChange.FieldChange> changes(String json) {
    return JSON.readValue(json, CHANGES);
  }
}
