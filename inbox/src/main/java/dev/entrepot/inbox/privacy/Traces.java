package dev.entrepot.inbox.privacy;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What alerts and earlier requests say of customers, within a transaction. An alert of a customer
/// stays, but says nothing of the customer any more.
final class Traces {
  private static final Sql BLANK_ALERTS =
      Sql.of(
          """
          update alert set customer = null, reason = null, message = kind || ': ' || subject
          where tenant = ? and account = ? and lower(customer) = any(?)
          """);

  private static final Sql BLANK_REQUESTS =
      Sql.of(
          """
          with blank as (
            update privacy_request set email = null, documented = false
            where tenant = ? and account = ? and customer = ? and state = 'done'
              and (email is not null or documented)
            returning id),
          gone as (delete from privacy_document where request in (select id from blank))
          select count(*)::int as blanked from blank
          """);

  private static final Sql REMOVE_ALERTS =
      Sql.of(
          """
          delete from alert where ctid = any(array(
            select ctid from alert where tenant = ? and account = ? limit ?))
          """);

  private static final Sql REMOVE_FAILURES =
      Sql.of(
          """
          delete from alert_failure where ctid = any(array(
            select ctid from alert_failure where tenant = ? and account = ? limit ?))
          """);

  private static final Sql REMOVE_LINKS =
      Sql.of(
          """
          delete from alert_link where ctid = any(array(
            select ctid from alert_link where tenant = ? and account = ? limit ?))
          """);

  private static final Sql BLANK_REQUESTS_OF_ACCOUNT =
      Sql.of(
          """
          with blank as (
            update privacy_request set email = null, documented = false
            where tenant = ? and account = ? and state = 'done'
              and (email is not null or documented)
            returning id),
          gone as (delete from privacy_document where request in (select id from blank))
          select count(*)::int as blanked from blank
          """);

  private Traces() {}

  static int eraseCustomer(
      Connection transaction,
      String tenant,
      String account,
      String customer,
      @Nullable String email) {
    List<String> names =
        (email == null ? Stream.of(customer) : Stream.of(customer, email))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    return BLANK_ALERTS.with(tenant, account, names.toArray(String[]::new)).update(transaction)
        + BLANK_REQUESTS
            .with(tenant, account, customer)
            .one(transaction, row -> row.int4("blanked"));
  }

  /// In one small step.
  static int eraseAccount(Connection transaction, String tenant, String account, int limit) {
    return REMOVE_ALERTS.with(tenant, account, limit).update(transaction)
        + REMOVE_FAILURES.with(tenant, account, limit).update(transaction)
        + REMOVE_LINKS.with(tenant, account, limit).update(transaction)
        + BLANK_REQUESTS_OF_ACCOUNT
            .with(tenant, account)
            .one(transaction, row -> row.int4("blanked"));
  }
}
