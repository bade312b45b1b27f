package dev.entrepot.inbox.hotstore;

import static dev.entrepot.inbox.hotstore.Changes.SHOP;
import static dev.entrepot.inbox.hotstore.Changes.START;
import static dev.entrepot.inbox.hotstore.Changes.TENANT;
import static dev.entrepot.inbox.hotstore.Changes.cart;
import static dev.entrepot.inbox.hotstore.Changes.completed;
import static dev.entrepot.inbox.hotstore.Changes.deleted;
import static dev.entrepot.inbox.hotstore.Changes.key;
import static dev.entrepot.inbox.hotstore.Changes.order;
import static dev.entrepot.inbox.hotstore.Changes.present;
import static dev.entrepot.inbox.hotstore.Changes.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.hotstore.Foreseen.Difference;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every hot store must do.
abstract class HotStoreContract extends SameTimeContract {

  @Test
  void documentsAreKeptAsTheyWereWritten() {
    String document =
        """
        {"id":  1.10, "big": 123456789012345678901234567890.000,\t"a":1,"a":2,
         "nul":"\\u0000","quote":"\\"\\\\","emoji":"🛒","lone":"\\ud800"}\
        """;
    assertThat(store().apply(List.of(order("1", 0, 1, document)))).containsExactly(Effect.CREATED);
    assertThat(store().get(key(EntityType.ORDER, "1")))
        .hasValueSatisfying(entity -> {
          assertThat(entity.document()).isEqualTo(document);
          assertThat(entity.state()).isEqualTo("paid");
          assertThat(entity.at()).isEqualTo(second(0));
          assertThat(entity.expiresAt()).isEqualTo(second(1).plus(Duration.ofDays(30)));
        });
  }

  @Test
  void namesThatCannotBeStoredAreKeptInAForm() {
    String id = "a\0b\ud800" + "x".repeat(3_000);
    IncomingChange change =
        present(
            EntityType.CUSTOMER, id, 0, 1, "{}", Map.of(Lookup.SKU, List.of("\0\u001f", id)), "\0");
    store().apply(List.of(change));
    assertThat(store().get(key(EntityType.CUSTOMER, id))).isPresent();
    assertThat(store().find(TENANT, EntityType.CUSTOMER, Lookup.SKU, id, null, 10).items())
        .hasSize(1);
    assertThat(store().find(TENANT, EntityType.CUSTOMER, Lookup.SKU, "\0\u001f", null, 10).items())
        .hasSize(1);
  }

  @Test
  void anOlderStateDoesNotReplaceANewerOne() {
    store().apply(List.of(order("1", 10, 1, "{\"v\":1}")));
    assertThat(store().apply(List.of(order("1", 9, 2, "{\"v\":2}")))).containsExactly(Effect.STALE);
    assertThat(document("1")).isEqualTo("{\"v\":1}");
  }

  @Test
  void theSameStateAgainIsUnchangedButCountsAsSeen() {
    store().apply(List.of(order("1", 10, 1, "{\"v\":1}")));
    assertThat(
            store().apply(List.of(order("1", 10, 1, "{\"v\":1}"), order("1", 20, 2, "{\"v\":1}"))))
        .containsExactly(Effect.UNCHANGED, Effect.UNCHANGED);
    assertThat(store().apply(List.of(order("1", 15, 3, "{\"v\":2}"))))
        .containsExactly(Effect.STALE);
  }

  @Test
  void theSameEventReadOtherwiseReplacesWhatItSaid() {
    store().apply(List.of(order("1", 10, 1, "{\"v\":1}")));
    assertThat(store().apply(List.of(order("1", 10, 1, "{\"v\":2}"))))
        .containsExactly(Effect.UPDATED);
    assertThat(document("1")).isEqualTo("{\"v\":2}");
  }

  @Test
  void aDeletionWinsOverWhatCameBefore() {
    assertThat(
            store()
                .apply(
                    List.of(
                        order("1", 10, 1, "{}"),
                        deleted(EntityType.ORDER, "1", 10, 2),
                        order("1", 9, 3, "{}"),
                        order("1", 10, 4, "{}"))))
        .containsExactly(Effect.CREATED, Effect.DELETED, Effect.STALE, Effect.STALE);
    assertThat(store().get(key(EntityType.ORDER, "1"))).isEmpty();
    assertThat(store().apply(List.of(order("1", 8, 5, "{}")))).containsExactly(Effect.STALE);
    assertThat(store().apply(List.of(deleted(EntityType.ORDER, "1", 11, 6))))
        .containsExactly(Effect.UNCHANGED);
    assertThat(store().apply(List.of(order("1", 12, 7, "{}")))).containsExactly(Effect.CREATED);
  }

  @Test
  void aDeletionOfSomethingUnknownIsRemembered() {
    assertThat(store().apply(List.of(deleted(EntityType.PRODUCT, "1", 10, 1))))
        .containsExactly(Effect.DELETED);
    IncomingChange older = present(EntityType.PRODUCT, "1", 9, 2, "{}", Map.of(), "active");
    assertThat(store().apply(List.of(older))).containsExactly(Effect.STALE);
  }

  @Test
  void severalChangesOfOneEntityInABatchHaveTheirOwnEffects() {
    assertThat(
            store()
                .apply(
                    List.of(
                        order("1", 1, 1, "{\"v\":1}"),
                        order("2", 1, 2, "{}"),
                        order("1", 3, 3, "{\"v\":3}"),
                        order("1", 2, 4, "{\"v\":2}"),
                        order("1", 3, 5, "{\"v\":3}"))))
        .containsExactly(
            Effect.CREATED, Effect.CREATED, Effect.UPDATED, Effect.STALE, Effect.UNCHANGED);
    assertThat(document("1")).isEqualTo("{\"v\":3}");
  }

  @Test
  void oneEventWithSeveralStatesOfAnEntityMeansTheLastOfTheNewest() {
    List<IncomingChange> event =
        List.of(order("1", 1, 7, "{\"v\":1}"), order("1", 1, 7, "{\"v\":2}"));
    assertThat(store().apply(event)).containsExactly(Effect.STALE, Effect.CREATED);
    assertThat(store().apply(event)).containsExactly(Effect.STALE, Effect.UNCHANGED);
    assertThat(document("1")).isEqualTo("{\"v\":2}");
  }

  @Test
  void lookupsFollowTheState() {
    store().apply(List.of(customer("1", 1, "old@example.com"), customer("2", 1, "b@example.com")));
    store().apply(List.of(customer("1", 2, "new@example.com")));
    assertThat(found("old@example.com")).isEmpty();
    assertThat(found("new@example.com")).containsExactly("1");
    store().apply(List.of(deleted(EntityType.CUSTOMER, "1", 3, 9)));
    assertThat(found("new@example.com")).isEmpty();
    assertThat(found("b@example.com")).containsExactly("2");
  }

  @Test
  void severalEntitiesAreFoundByOneValuePageByPage() {
    store()
        .apply(
            IntStream.range(0, 25)
                .mapToObj(i -> customer("%02d".formatted(i), i, "same@example.com"))
                .toList());
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      Page<Entity> page =
          store()
              .find(
                  TENANT,
                  EntityType.CUSTOMER,
                  Lookup.CUSTOMER_EMAIL,
                  "same@example.com",
                  cursor,
                  10);
      page.items().forEach(entity -> ids.add(entity.key().id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(ids).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void listsCanBeNarrowed() {
    store().apply(List.of(order("1", 1, 1, "{}"), order("2", 1, 2, "{}")));
    store().apply(List.of(present(EntityType.ORDER, "3", 1, 3, "{}", Map.of(), "open")));
    IncomingChange elsewhere =
        new IncomingChange(
            TENANT,
            4,
            second(4),
            new EntityChange.Present(
                "other.example", EntityType.ORDER, "4", second(1), "{}", Map.of(), "paid"));
    store().apply(List.of(elsewhere));
    assertThat(ids(new EntityFilter(TENANT, EntityType.ORDER, null, null)))
        .containsExactly("1", "2", "3", "4");
    assertThat(ids(new EntityFilter(TENANT, EntityType.ORDER, SHOP, "paid")))
        .containsExactly("1", "2");
    assertThat(ids(new EntityFilter(TENANT, EntityType.ORDER, null, "open"))).containsExactly("3");
    assertThat(ids(new EntityFilter("other", EntityType.ORDER, null, null))).isEmpty();
    assertThatThrownBy(
            () -> store().list(new EntityFilter(TENANT, EntityType.ORDER, null, null), "?", 10))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void aCompletedCartIsNotAbandonedWhateverComesLater() {
    store()
        .apply(
            List.of(
                cart("c1", 1, 1, "t1", "a@example.com"),
                cart("c2", 1, 2, "t2", "a@example.com"),
                cart("c3", 1, 3, "t3", ""),
                cart("c4", 50, 4, "t4", "a@example.com")));
    assertThat(abandoned(40)).containsExactly("c1", "c2");
    assertThat(store().apply(List.of(completed("t1", "o1", 2, 5), completed("c2", "o2", 2, 6))))
        .containsExactly(Effect.COMPLETED, Effect.COMPLETED);
    assertThat(abandoned(40)).isEmpty();
    store().apply(List.of(cart("c1", 30, 7, "t1", "a@example.com")));
    assertThat(abandoned(40)).isEmpty();
    assertThat(store().get(key(EntityType.CHECKOUT, "c1")).orElseThrow().order()).isEqualTo("o1");
    assertThat(store().apply(List.of(completed("t1", "o1", 2, 5))))
        .containsExactly(Effect.UNCHANGED);
    assertThat(abandoned(60)).containsExactly("c4");
  }

  @Test
  void aCompletionMayComeBeforeItsCart() {
    store().apply(List.of(completed("t1", "o1", 2, 1)));
    store().apply(List.of(cart("c1", 1, 2, "t1", "a@example.com")));
    assertThat(abandoned(40)).isEmpty();
  }

  @Test
  void aKnownOrderIsKeptWhenAnotherEventDoesNotSayIt() {
    store().apply(List.of(cart("c1", 1, 1, "t1", "a@example.com")));
    assertThat(store().apply(List.of(completed("t1", null, 3, 2), completed("t1", "o1", 2, 3))))
        .containsExactly(Effect.COMPLETED, Effect.COMPLETED);
    assertThat(store().apply(List.of(completed("t1", null, 9, 4))))
        .containsExactly(Effect.UNCHANGED);
    Entity cart = store().get(key(EntityType.CHECKOUT, "c1")).orElseThrow();
    assertThat(cart.completed()).isTrue();
    assertThat(cart.order()).isEqualTo("o1");
  }

  @Test
  void whatHasOutlivedItsTimeIsHiddenAndThenRemoved() {
    store()
        .apply(
            List.of(
                order("1", 1, 1, "{}"),
                cart("c1", 1, 2, "t1", "a@example.com"),
                customer("1", 3, "a@example.com"),
                deleted(EntityType.PRODUCT, "1", 1, 4)));
    HotStore after15Days = at(START.plus(Duration.ofDays(15)));
    assertThat(after15Days.get(key(EntityType.CHECKOUT, "c1"))).isEmpty();
    assertThat(after15Days.get(key(EntityType.ORDER, "1"))).isPresent();
    assertThat(after15Days.expire(100)).isEqualTo(1);
    assertThat(after15Days.expire(100)).isZero();
    HotStore after50Days = at(START.plus(Duration.ofDays(50)));
    assertThat(after50Days.expire(1)).isEqualTo(1);
    assertThat(after50Days.expire(1)).isEqualTo(1);
    assertThat(after50Days.expire(1)).isZero();
    assertThat(after50Days.get(key(EntityType.CUSTOMER, "1"))).isPresent();
    IncomingChange older = present(EntityType.PRODUCT, "1", 0, 9, "{}", Map.of(), "active");
    assertThat(store().apply(List.of(older))).containsExactly(Effect.CREATED);
  }

  @Test
  void aPreviewTellsWhatWouldChangeAndChangesNothing() {
    store().apply(List.of(order("1", 10, 1, "{\"a\":1.0,\"b\":{\"c\":[1,2]},\"d\":true}")));
    List<IncomingChange> changes =
        List.of(
            order("1", 9, 2, "{}"),
            order("1", 11, 3, "{\"a\":1.00,\"b\":{\"c\":[1,3,4]},\"e\":null}"),
            order("2", 1, 4, "{}"),
            order("1", 12, 5, "{\"a\":1.00,\"b\":{\"c\":[1,3,4]},\"e\":null}"),
            completed("t", "o", 1, 6));
    List<Foreseen> foreseen = store().preview(changes);
    assertThat(foreseen)
        .extracting(Foreseen::effect)
        .containsExactly(
            Effect.STALE, Effect.UPDATED, Effect.CREATED, Effect.UNCHANGED, Effect.COMPLETED);
    assertThat(foreseen.get(1).differences())
        .containsExactly(
            new Difference("a", "1.0", "1.00"),
            new Difference("b.c[1]", "2", "3"),
            new Difference("b.c[2]", null, "4"),
            new Difference("d", "true", null),
            new Difference("e", null, "null"));
    assertThat(store().get(key(EntityType.ORDER, "2"))).isEmpty();
    assertThat(store().apply(changes)).isEqualTo(foreseen.stream().map(Foreseen::effect).toList());
  }

  @Test
  void aPersonIsFoundAndErased() {
    store().apply(personal());
    Person person = new Person(TENANT, SHOP, "77", "A@Example.com", List.of("o2"));
    assertThat(store().of(person, 100))
        .extracting(entity -> entity.key().toString())
        .containsExactlyInAnyOrder(
            "customer 77", "order o1", "order o2", "refund r1", "checkout c1");
    int erased = 0;
    int step;
    do {
      step = store().erase(person, second(60), 99, 2);
      erased += step;
    } while (step > 0);
    assertThat(erased).isEqualTo(5);
    assertThat(store().of(person, 100)).isEmpty();
    assertThat(store().apply(personal().subList(0, 2))).containsOnly(Effect.STALE);
    assertThat(store().get(key(EntityType.ORDER, "o3"))).isPresent();
  }

  @Test
  void anAccountIsErasedWhole() {
    store().apply(personal());
    store().apply(List.of(completed("t", "o1", 1, 20)));
    int erased = 0;
    int step;
    do {
      step = store().eraseAccount(TENANT, SHOP, 2);
      erased += step;
    } while (step > 0);
    assertThat(erased).isEqualTo(7);
    assertThat(ids(new EntityFilter(TENANT, EntityType.ORDER, null, null))).isEmpty();
    assertThat(found("a@example.com")).isEmpty();
  }

  private static List<IncomingChange> personal() {
    Map<Lookup, List<String>> customer = Map.of(Lookup.CUSTOMER_ID, List.of("77"));
    return List.of(
        customer("77", 1, "a@example.com"),
        present(EntityType.ORDER, "o1", 1, 2, "{}", customer, "paid"),
        present(EntityType.ORDER, "o2", 1, 3, "{}", Map.of(), "paid"),
        present(
            EntityType.REFUND, "r1", 1, 4, "{}", Map.of(Lookup.ORDER_ID, List.of("o1")), "done"),
        cart("c1", 1, 5, "t1", "a@example.com"),
        present(
            EntityType.ORDER, "o3", 1, 6, "{}", Map.of(Lookup.CUSTOMER_ID, List.of("78")), "paid"));
  }

  private static IncomingChange customer(String id, long at, String email) {
    return present(
        EntityType.CUSTOMER,
        id,
        at,
        at,
        "{\"e\":\"" + email + "\"}",
        Map.of(Lookup.CUSTOMER_EMAIL, List.of(email)),
        "enabled");
  }

  private List<String> found(String email) {
    return store()
        .find(TENANT, EntityType.CUSTOMER, Lookup.CUSTOMER_EMAIL, email, null, 100)
        .items()
        .stream()
        .map(entity -> entity.key().id())
        .toList();
  }

  private List<String> ids(EntityFilter filter) {
    return store().list(filter, null, 100).items().stream()
        .map(entity -> entity.key().id())
        .toList();
  }

  private List<String> abandoned(long before) {
    return store().abandonedCarts(TENANT, second(before), null, 100).items().stream()
        .map(entity -> entity.key().id())
        .toList();
  }
}
