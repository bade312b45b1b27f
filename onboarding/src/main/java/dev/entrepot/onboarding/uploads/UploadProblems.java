package dev.entrepot.onboarding.uploads;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// What is most often wrong in uploads, counted from their dead letters.
final class UploadProblems {
  private static final int MOST = 10;

  private UploadProblems() {}

  private record Found(UUID upload, Upload.ProblemCount problem) {}

  /// The same uploads, each with its most frequent problems.
  static List<Upload> added(Connection connection, List<Upload> uploads) {
    List<UUID> rejecting =
        uploads.stream().filter(upload -> upload.books().rejected() > 0).map(Upload::id).toList();
    if (rejecting.isEmpty()) {
      return uploads;
    }
    Map<UUID, List<Upload.ProblemCount>> problems =
        Sql.of(
                """
                select batch_id, code, count(*) n from dead_letter where batch_id = any(?)
                group by batch_id, code order by n desc, code
                """)
            .with((Object) rejecting.toArray(UUID[]::new))
            .list(
                connection,
                row ->
                    new Found(
                        row.uuid("batch_id"),
                        new Upload.ProblemCount(row.text("code"), row.int8("n"))))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Found::upload, Collectors.mapping(Found::problem, Collectors.toList())));
    return uploads.stream()
        .map(upload ->
            upload.withTopProblems(
                problems.getOrDefault(upload.id(), List.of()).stream().limit(MOST).toList()))
        .toList();
  }
}
