package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which node has which folder of files: owns the table `file_node`. A file lies on the node that
/// took it in, or on all nodes that share a folder; only they can read it.
final class FileNodes {
  private final Database database;
  private final FileStore files;
  private final String node;

  FileNodes(Database database, FileStore files, String node) {
    this.database = database;
    this.files = files;
    this.node = node;
  }

  /// Says that this node is there with its folder, and tells of uploads whose nodes are not.
  void seen() {
    database.write(transaction -> {
      Sql.of(
              """
              insert into file_node (store, node, seen_at) values (?, ?, now())
              on conflict (store, node) do update set seen_at = excluded.seen_at
              """)
          .with(files.id(), node)
          .updateOne(transaction);
      Sql.of(
              """
              update upload set failure_code = null, failure = null
              where state in ('received', 'parsing') and failure_code = 'WAITING_FOR_NODE'
                and store = ?
              """)
          .with(files.id())
          .update(transaction);
      return Sql.of(
              """
              update upload u
              set failure_code = 'WAITING_FOR_NODE', failure = 'the file lies on the node ' || n.node
                || ', which does not run; reading begins, or goes on, when it runs again'
              from (
                select distinct on (store) store, node, seen_at from file_node
                order by store, seen_at desc) n
              where u.state in ('received', 'parsing') and u.store = n.store
                and n.seen_at < now() - interval '2 minutes'
                and u.failure_code is distinct from 'WAITING_FOR_NODE'
              """)
          .update(transaction);
    });
  }

  /// Makes this node known with its folder, in the transaction that keeps the first file.
  void enter(Connection transaction) {
    Sql.of(
            "insert into file_node (store, node, seen_at) values (?, ?, now()) on conflict do nothing")
        .with(files.id(), node)
        .update(transaction);
  }

  /// Whether this node can read a file, or is the one to say that it is lost.
  ///
  /// @param store where the file was kept; null: before folders had ids
  boolean mine(@Nullable UUID store, String hash) {
    return store == null || store.equals(files.id()) || files.holds(hash);
  }

  /// @throws OnboardingException CONFLICT when the file of an upload is not here
  void require(UploadRow upload) {
    if (files.holds(upload.contentHash())) {
      return;
    }
    UUID store = upload.store();
    throw new OnboardingException(
        OnboardingException.Code.CONFLICT,
        store == null || store.equals(files.id())
            ? "the file of upload "
                + upload.id()
                + " is not in the data folder any more; send it again"
            : "the file of upload "
                + upload.id()
                + " lies on "
                + nameOf(store)
                + "; ask there, or let the nodes share one folder for files");
  }

  private String nameOf(UUID store) {
    return database.read(connection ->
        Sql.of("select node from file_node where store = ? order by seen_at desc limit 1")
            .with(store)
            .first(connection, row -> "the node " + row.text("node"))
            .orElse("another node"));
  }
}
