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
  record Step(
      Instant at,
      String what,
      String subject,
      @Nullable UUID batch,
      @Nullable Long record,
      String detail,
      @Nullable String client) {

    /// A step that is no part of a client's sync.
    public Step(
        Instant at,
        String what,
        String subject,
        @Nullable UUID batch,
        @Nullable Long record,
        String detail) {
      this(at, what, subject, batch, record, detail, null);
    }
  }

  /// What is known of a key, in any order.
  List<Step> trace(Connection connection, String key) throws SQLException;
}
