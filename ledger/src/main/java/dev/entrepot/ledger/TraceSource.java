package dev.entrepot.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A part of the program that can tell what it knows of a key.
public interface TraceSource {
  /// One step of a record's story.
  ///
  /// @param what what happened, for example `created`
  /// @param subject what it happened to, for example `product/17`
  /// @param batch the batch it came with
  /// @param record its position there
  /// @param detail for people
  /// @param client whose sync it is part of; null: of none
  /// @param tenant whose events it tells of; null: it tells of none, or nobody has them any more
  record Step(
      Instant at,
      String what,
      String subject,
      @Nullable UUID batch,
      @Nullable Long record,
      String detail,
      @Nullable String client,
      @Nullable String tenant) {

    /// A step that is no tenant's.
    public Step(
        Instant at,
        String what,
        String subject,
        @Nullable UUID batch,
        @Nullable Long record,
        String detail,
        @Nullable String client) {
      this(at, what, subject, batch, record, detail, client, null);
    }

    /// A step that is no part of a client's sync.
    public Step(
        Instant at,
        String what,
        String subject,
        @Nullable UUID batch,
        @Nullable Long record,
        String detail) {
      this(at, what, subject, batch, record, detail, null, null);
    }

    /// The same, of a tenant.
    public Step of(@Nullable String whose) {
      return new Step(at, what, subject, batch, record, detail, client, whose);
    }
  }

  /// What is known of a key, in any order.
  List<Step> trace(Connection connection, String key) throws SQLException;

  /// The same of one tenant's events alone: two tenants may have equal keys.
  default List<Step> trace(Connection connection, String key, String tenant) throws SQLException {
    return trace(connection, key).stream().filter(step -> tenant.equals(step.tenant())).toList();
  }
}
