package dev.entrepot.inbox.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.alerts.AlertHandler;
import dev.entrepot.inbox.alerts.AlertRules;
import dev.entrepot.inbox.alerts.AlertTenants;
import dev.entrepot.inbox.alerts.Alerts;
import dev.entrepot.inbox.alerts.Condition;
import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.hotstore.DueEvents;
import dev.entrepot.inbox.hotstore.EntityFilter;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.hotstore.HotStoreHandler;
import dev.entrepot.inbox.hotstore.PostgresHotStore;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.PrivacyRequest;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PrivacyOfficeTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final String SHOP = "acme.example";
  private static final String OTHER_SHOP = "other.example";

  private final Database database = TestDatabase.fresh();
  private final Clock clock = Clock.fixed(DueEvents.RECEIVED, ZoneOffset.UTC);
  private final ActivityLog activities = new ActivityLog(database);
  private final HotStore store = PostgresHotStore.over(database, clock, TimesToLive.DEFAULT);
  private final PrivacyHandler handler = new PrivacyHandler();
  private final PrivacyOffice office = office(clock, new LogEraser(Integer.MAX_VALUE));

  @BeforeEach
  void prepare() {
    int _ =
        database.write(transaction ->
            Sql.of("create table log (position bigint primary key, account text, said text)")
                .update(transaction));
    new AlertRules(
            database,
            activities,
            new AlertTenants(database).also(() -> List.of(DueEvents.TENANT)),
            clock)
        .add(ANNA, DueEvents.TENANT, "Disputes", new Condition.DisputeOpened(), true);
    Incident dispute =
        new Incident(
            Incident.Kind.DISPUTE_OPENED,
            SHOP,
            "dp_1",
            "Jo@Example.com",
            null,
            0,
            "Jo says it never came",
            DueEvents.RECEIVED);
    Facts facts =
        new Facts(
            List.of(
                present(SHOP, EntityType.CUSTOMER, "77", Lookup.CUSTOMER_EMAIL, "jo@example.com"),
                present(SHOP, EntityType.ORDER, "1", Lookup.CUSTOMER_ID, "77"),
                present(SHOP, EntityType.ORDER, "2", Lookup.CUSTOMER_ID, "78"),
                present(OTHER_SHOP, EntityType.ORDER, "1", Lookup.CUSTOMER_ID, "77")),
            List.of(dispute),
            List.of());
    DueEvent event = DueEvents.event(1, facts);
    database.write(transaction -> {
      new HotStoreHandler(connection -> within(connection, clock))
          .handle(transaction, List.of(event));
      new AlertHandler((_, _, _) -> {}, clock).handle(transaction, List.of(event));
      for (long position = 1; position <= 2_500; position++) {
        Sql.of("insert into log values (?, ?, ?)")
            .with(position, position % 2 == 0 ? SHOP : OTHER_SHOP, "customer 77")
            .updateOne(transaction);
      }
      return event;
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRequestIsRecordedOnce() {
    DueEvent event = event(9, new PrivacyRequest.AccountRedact(SHOP));
    assertThat(handle(event)).containsExactly(new Handled.Written("request recorded"));
    assertThat(handle(event))
        .containsExactly(new Handled.Unchanged("the request is recorded already"));
    assertThat(handle(DueEvents.event(10, Facts.NONE))).containsExactly(new Handled.NotWanted());
    PrivacyCase request = office.list(DueEvents.TENANT, null, 10).items().getFirst();
    assertThat(request.dueAt()).isEqualTo(DueEvents.RECEIVED.plus(Duration.ofDays(30)));
    assertThat(request.doneAt()).isNull();
  }

  @Test
  void aCustomerIsErasedEverywhereAndNothingElseIs() {
    handle(event(9, redact()));
    assertThat(office.carryOut()).isEqualTo(1);
    assertThat(office.carryOut()).isZero();
    assertThat(store.list(filter(EntityType.CUSTOMER), null, 10).items()).isEmpty();
    assertThat(store.list(filter(EntityType.ORDER), null, 10).items())
        .extracting(entity -> entity.key().account() + "/" + entity.key().id())
        .containsExactly("acme.example/2", "other.example/1");
    assertThat(remaining(SHOP)).isZero();
    assertThat(remaining(OTHER_SHOP)).isEqualTo(1_250);
    PrivacyCase done = office.list(DueEvents.TENANT, null, 10).items().getFirst();
    assertThat(done.counts())
        .isEqualTo(Map.of("log", 1_250L, "hot-store", 2L, "alerts-and-requests", 1L));
    assertThat(done.doneBy()).isEqualTo("system:privacy");
    assertThat(done.email()).isNull();
    var alert =
        new Alerts(database, activities, clock)
            .list(DueEvents.TENANT, null, null, 10)
            .items()
            .getFirst();
    assertThat(alert.toString()).doesNotContainIgnoringCase("jo");
    assertThat(activities.list("privacy/" + done.id(), null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("privacy.customer-redact");
  }

  @Test
  void anOlderStateDoesNotBringAnErasedCustomerBack() {
    handle(event(9, redact()));
    office.carryOut();
    DueEvent late =
        DueEvents.event(
            10, Facts.of(present(SHOP, EntityType.ORDER, "1", Lookup.CUSTOMER_ID, "77")));
    database.write(transaction ->
        new HotStoreHandler(connection -> within(connection, clock))
            .handle(transaction, List.of(late)));
    assertThat(store.list(filter(EntityType.ORDER), null, 10).items()).hasSize(2);
  }

  @Test
  void anAccountIsErasedWhole() {
    handle(event(9, new PrivacyRequest.AccountRedact(SHOP)));
    office.carryOut();
    assertThat(store.list(filter(EntityType.ORDER), null, 10).items())
        .extracting(entity -> entity.key().account())
        .containsExactly(OTHER_SHOP);
    assertThat(remaining(SHOP)).isZero();
    assertThat(
            new Alerts(database, activities, clock).list(DueEvents.TENANT, null, null, 9).items())
        .isEmpty();
  }

  @Test
  void whatWasDoneBeforeAFailureIsKeptAndNotCountedAgain() {
    handle(event(9, redact()));
    handle(event(10, new PrivacyRequest.CustomerData(SHOP, "78", null, List.of("2"), "r-1")));
    // The other case is not held up.
    assertThat(office(clock, new LogEraser(600)).carryOut()).isEqualTo(1);
    long left = remaining(SHOP);
    assertThat(left).isBetween(1L, 1_249L);
    assertThat(office.carryOut()).isEqualTo(1);
    PrivacyCase done = office.list(DueEvents.TENANT, null, 10).items().getLast();
    assertThat(done.counts()).containsEntry("log", 1_250L);
  }

  @Test
  void whatIsKnownOfACustomerCanBeDownloadedUntilItIsErased() throws IOException {
    handle(
        event(
            9, new PrivacyRequest.CustomerData(SHOP, "77", "JO@example.com", List.of("1"), "r-1")));
    office.carryOut();
    PrivacyCase request = office.list(DueEvents.TENANT, null, 10).items().getFirst();
    assertThat(request.hasDocument()).isTrue();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    office.document(ANNA, DueEvents.TENANT, request.id()).writeTo(bytes);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("{\"n\": 1.10}");
    JsonNode document = JsonMapper.shared().readTree(text);
    assertThat(document.get("entities").valueStream().map(node -> node.get("type").asString()))
        .containsExactlyInAnyOrder("customer", "order");
    assertThat(activities.list("privacy/" + request.id(), ANNA.reference(), null, 10).items())
        .hasSize(1);
    handle(event(10, redact()));
    office.carryOut();
    assertThatThrownBy(() -> office.document(ANNA, DueEvents.TENANT, request.id()))
        .isInstanceOf(InboxException.class);
  }

  @Test
  void documentsAreRemovedSomeTimeAfterTheyWereDue() {
    handle(event(9, new PrivacyRequest.CustomerData(SHOP, "77", null, List.of(), null)));
    office.carryOut();
    assertThat(office.expire(10)).isZero();
    Clock later = Clock.offset(clock, Duration.ofDays(61));
    assertThat(office(later, new LogEraser(Integer.MAX_VALUE)).expire(10)).isEqualTo(1);
  }

  private PrivacyOffice office(Clock time, EventEraser eraser) {
    return new PrivacyOffice(
        database,
        activities,
        connection -> within(connection, time),
        (_, _, after, _, _) -> new EventFinder.Looked(after, true),
        List.of(eraser),
        time);
  }

  private static HotStore within(Connection connection, Clock time) {
    return PostgresHotStore.within(connection, time, TimesToLive.DEFAULT);
  }

  private static PrivacyRequest redact() {
    return new PrivacyRequest.CustomerRedact(SHOP, "77", "jo@example.com", List.of("1"));
  }

  private List<Handled> handle(DueEvent event) {
    return database.write(transaction -> handler.handle(transaction, List.of(event)));
  }

  private static DueEvent event(long position, PrivacyRequest request) {
    return DueEvents.event(position, new Facts(List.of(), List.of(), List.of(request)));
  }

  private static EntityFilter filter(EntityType type) {
    return new EntityFilter(DueEvents.TENANT, type, null, null);
  }

  private static EntityChange present(
      String account, EntityType type, String id, Lookup lookup, String value) {
    return new EntityChange.Present(
        account,
        type,
        id,
        DueEvents.RECEIVED.minusSeconds(60),
        "{\"n\": 1.10}",
        Map.of(lookup, List.of(value)),
        null);
  }

  private long remaining(String account) {
    return database.read(connection ->
        Sql.of("select count(*) as n from log where account = ? and said is not null")
            .with(account)
            .one(connection, row -> row.int8("n")));
  }

  /// Erases from a log of its own; fails for ever behind a position.
  private record LogEraser(long failsBehind) implements EventEraser {
    @Override
    public String name() {
      return "log";
    }

    @Override
    public Step erase(Connection transaction, Scope scope, long after, int limit) {
      if (after > failsBehind) {
        throw new IllegalStateException("the log cannot be read behind " + failsBehind);
      }
      List<Long> positions =
          Sql.of("select position from log where position > ? order by position limit ?")
              .with(after, limit)
              .list(transaction, row -> row.int8("position"));
      if (positions.isEmpty()) {
        return new Step(0, after, true);
      }
      int erased =
          Sql.of(
                  """
                  update log set said = null
                  where position > ? and position <= ? and account = ? and said is not null
                  """)
              .with(after, positions.getLast(), scope.account())
              .update(transaction);
      return new Step(erased, positions.getLast(), false);
    }
  }
}
