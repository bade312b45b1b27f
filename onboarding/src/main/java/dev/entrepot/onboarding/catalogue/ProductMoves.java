package dev.entrepot.onboarding.catalogue;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Products moving between states, each move with its entry in the product's history and its
/// activity, in one transaction.
final class ProductMoves {
  /// What a person can ask of one product.
  enum Move {
    ARCHIVE(ProductChange.Kind.ARCHIVED),
    RESTORE(ProductChange.Kind.RESTORED),
    PUBLISH(ProductChange.Kind.PUBLISHED);

    private final ProductChange.Kind kind;

    Move(ProductChange.Kind kind) {
      this.kind = kind;
    }
  }

  /// So many are published in one transaction.
  private static final int CHUNK = 10_000;

  private static final Actor CLOCKWORK = Actor.system("catalogue");

  private static final Sql FIND_LOCKED = Sql.of("select * from product where id = ? for update");

  private static final Sql SET_STATE =
      Sql.of("update product set state = ?, publish_at = ?, updated_at = ? where id = ?");

  private static final Sql NOTE =
      Sql.of(
          """
          insert into product_change (product_id, at, kind, actor, changes)
          values (?, ?, ?, ?, jsonb_build_array(
            jsonb_build_object('field', 'state', 'from', ?::text, 'to', ?::text)))
          """);

  // Rows that an upload is changing right now are left for the next time, so that neither waits for
  // the other.
  private static final Sql PUBLISH_DUE =
      Sql.of(
          """
          with due as (
            select id from product
            where state = 'scheduled' and publish_at <= ?
            order by publish_at
            limit ?
            for update skip locked
          ), moved as (
            update product set state = 'published', updated_at = ?
            from due where product.id = due.id
            returning product.id
          )
          insert into product_change (product_id, at, kind, actor, changes)
          select id, ?, 'published', ?,
            '[{"field": "state", "from": "scheduled", "to": "published"}]'
          from moved
          """);

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;

  ProductMoves(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  void move(Actor actor, long id, Move move) {
    database.write(transaction -> {
      Product product =
          FIND_LOCKED
              .with(id)
              .first(transaction, ProductRows::product)
              .orElseThrow(() -> absent(id));
      Instant now = clock.instant();
      ProductState state = target(product, move, now);
      SET_STATE
          .with(ProductRows.stored(state), publishAt(product, move, now), now, id)
          .updateOne(transaction);
      note(transaction, actor, product, move, state, now);
      return state;
    });
  }

  private static ProductState target(Product product, Move move, Instant now) {
    ProductState current = product.state();
    Instant publishAt = product.publishAt();
    boolean possible =
        switch (move) {
          case ARCHIVE -> current != ProductState.ARCHIVED;
          case RESTORE -> current == ProductState.ARCHIVED;
          case PUBLISH -> current == ProductState.SCHEDULED;
        };
    if (!possible) {
      throw new OnboardingException(
          Code.CONFLICT,
          "state",
          "product "
              + product.sku()
              + " is "
              + ProductRows.stored(current)
              + ", so there is nothing to "
              + move.name().toLowerCase(Locale.ROOT)
              + "; look at it again");
    }
    return switch (move) {
      case ARCHIVE -> ProductState.ARCHIVED;
      case RESTORE ->
          publishAt != null && publishAt.isAfter(now)
              ? ProductState.SCHEDULED
              : ProductState.PUBLISHED;
      case PUBLISH -> ProductState.PUBLISHED;
    };
  }

  // A product published ahead of its time must not go back to waiting when it is restored.
  private static @Nullable Instant publishAt(Product product, Move move, Instant now) {
    return move == Move.PUBLISH ? now : product.publishAt();
  }

  private void note(
      Connection transaction,
      Actor actor,
      Product product,
      Move move,
      ProductState state,
      Instant now) {
    NOTE.with(
            product.id(),
            now,
            move.kind.name().toLowerCase(Locale.ROOT),
            actor.reference(),
            ProductRows.stored(product.state()),
            ProductRows.stored(state))
        .updateOne(transaction);
    activities.record(
        transaction,
        actor,
        "product." + move.name().toLowerCase(Locale.ROOT),
        "product/" + product.id(),
        Map.of("sku", product.sku(), "vendor", product.vendor()));
  }

  int publishDue() {
    int published = 0;
    int chunk;
    do {
      chunk = database.write(this::publishChunk);
      published += chunk;
    } while (chunk == CHUNK);
    return published;
  }

  private int publishChunk(Connection transaction) {
    Instant now = clock.instant();
    int published =
        PUBLISH_DUE.with(now, CHUNK, now, now, CLOCKWORK.reference()).update(transaction);
    if (published > 0) {
      activities.record(
          transaction,
          CLOCKWORK,
          "product.publish_due",
          "catalogue",
          Map.of("products", published));
    }
    return published;
  }

  static OnboardingException absent(long id) {
    return new OnboardingException(
        Code.NOT_FOUND,
        "there is no product with the id " + id + "; look for it by its SKU in the catalogue");
  }
}
