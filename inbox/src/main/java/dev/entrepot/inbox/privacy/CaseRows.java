package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.privacy.PrivacyCase.Kind;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.event.PrivacyRequest;
import dev.entrepot.spi.event.PrivacyRequest.AccountRedact;
import dev.entrepot.spi.event.PrivacyRequest.CustomerData;
import dev.entrepot.spi.event.PrivacyRequest.CustomerRedact;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The table `privacy_request`, within a transaction.
final class CaseRows {
  private static final Duration TIME = Duration.ofDays(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private static final Sql RECORD =
      Sql.of(
          """
          insert into privacy_request (id, tenant, connection, account, kind, position, number,
            customer, email, orders, request, received_at, due_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (position, number) do nothing
          """);

  private static final Sql OPEN =
      Sql.of(
          """
          select id from privacy_request where state = 'open' and (?::uuid is null or id > ?)
          order by id limit 1
          """);

  private static final Sql CLAIM =
      Sql.of(
          """
          select * from privacy_request where id = ? and state = 'open' for update skip locked
          """);

  private static final Sql PROGRESS =
      Sql.of(
          """
          update privacy_request set part = ?, place = ?, counts = ?, problem = null where id = ?
          """);

  private static final Sql FAILED =
      Sql.of("update privacy_request set problem = ? where id = ? and state = 'open'");

  private static final Sql TELL =
      Sql.of(
          """
          insert into privacy_document (request, number, text)
          select ?, coalesce(max(number), 0) + 1, ? from privacy_document where request = ?
          """);

  private static final Sql DONE =
      Sql.of(
          """
          update privacy_request
          set state = 'done', done_by = ?, done_at = ?, counts = ?, documented = ?,
            problem = null, email = case when kind = 'customer-data' then email end
          where id = ? and state = 'open'
          """);

  private CaseRows() {}

  /// How far the carrying out of a case is.
  record Progress(int part, long place) {}

  /// A case that is being carried out.
  record Claimed(PrivacyCase request, Progress progress) {}

  static int record(Connection transaction, DueEvent event, int number, PrivacyRequest request) {
    Instant received = event.message().receivedAt();
    Asked row = columns(request);
    return RECORD
        .with(
            SortableId.next(),
            event.tenant(),
            event.connection(),
            StorableText.repair(request.account()),
            name(row.kind()),
            event.position(),
            number,
            repaired(row.customer()),
            repaired(row.email()),
            row.orders().stream().map(StorableText::repair).toList(),
            repaired(row.request()),
            received,
            received.plus(TIME))
        .update(transaction);
  }

  private record Asked(
      Kind kind,
      @Nullable String customer,
      @Nullable String email,
      List<String> orders,
      @Nullable String request) {}

  private static Asked columns(PrivacyRequest request) {
    return switch (request) {
      case CustomerData data ->
          new Asked(
              Kind.CUSTOMER_DATA, data.customer(), data.email(), data.orders(), data.request());
      case CustomerRedact redact ->
          new Asked(Kind.CUSTOMER_REDACT, redact.customer(), redact.email(), redact.orders(), null);
      case AccountRedact _ -> new Asked(Kind.ACCOUNT_REDACT, null, null, List.of(), null);
    };
  }

  private static @Nullable String repaired(@Nullable String text) {
    return text == null ? null : StorableText.repair(text);
  }

  /// The next open case behind another.
  static Optional<UUID> open(Connection connection, @Nullable UUID after) {
    return OPEN.with(after, after).first(connection, row -> row.uuid("id"));
  }

  /// Empty when it is done, or somebody else is at it.
  static Optional<Claimed> claim(Connection transaction, UUID id) {
    return CLAIM
        .with(id)
        .first(
            transaction,
            row -> new Claimed(read(row), new Progress(row.int4("part"), row.int8("place"))));
  }

  static void progress(
      Connection transaction, UUID id, Progress progress, Map<String, Long> counts) {
    PROGRESS.with(progress.part(), progress.place(), json(counts), id).updateOne(transaction);
  }

  static void done(
      Connection transaction,
      UUID id,
      String by,
      Instant at,
      Map<String, Long> counts,
      boolean documented) {
    DONE.with(by, at, json(counts), documented, id).updateOne(transaction);
  }

  /// Adds to the document of a case.
  static void tell(Connection transaction, UUID id, String text) {
    TELL.with(id, StorableText.repair(text), id).updateOne(transaction);
  }

  /// Why it could not be carried out.
  static void failed(Connection transaction, UUID id, String problem) {
    int _ = FAILED.with(StorableText.repair(problem), id).update(transaction);
  }

  private static Json json(Map<String, Long> counts) {
    return new Json(JSON.writeValueAsString(counts));
  }

  static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static PrivacyCase read(Row row) {
    return new PrivacyCase(
        row.uuid("id"),
        row.text("tenant"),
        row.text("connection"),
        row.text("account"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
        row.int8("position"),
        row.textOrNull("customer"),
        row.textOrNull("email"),
        row.textArray("orders").stream()
            .map(order -> Objects.requireNonNullElse(order, ""))
            .toList(),
        row.textOrNull("request"),
        row.instant("received_at"),
        row.instant("due_at"),
        JSON.readValue(row.json("counts"), COUNTS),
        row.bool("documented"),
        row.textOrNull("problem"),
        row.textOrNull("done_by"),
        row.instantOrNull("done_at"));
  }
}
