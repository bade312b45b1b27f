package dev.entrepot.kit.remote;

import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The answer to a call that carries many things: `{results: [{<key>, status, error?: {code,
/// message}}]}`, in any order. Every thing's own result is read; one that is missing, or whose
/// status nobody knows, is unknown.
///
/// @param key the name of the field that says which thing a result is about
/// @param done the words for what the system holds now; `rejected` is the one for what it refused
public record BulkResults(String key, Set<String> done) {
  /// As Kong and the WMS say it.
  public static final Set<String> USUAL = Set.of("created", "updated", "unchanged", "deleted");

  private static final String REJECTED = "rejected";
  private static final String RESULTS = "results";
  private static final String STATUS = "status";

  public BulkResults {
    done = Set.copyOf(done);
  }

  /// What it says of each write, in the writes' order.
  public WriteAnswer read(Fields answer, List<Write> writes) {
    if (!(answer.value(RESULTS) instanceof List<?> list)) {
      return new WriteAnswer.Whole(
          new WriteResult.Unknown("the answer holds no results, although it says it is done"));
    }
    Map<String, WriteResult> byKey = new HashMap<>();
    for (Fields result : FieldsLists.objects(list)) {
      result.text(key).ifPresent(thing -> byKey.putIfAbsent(thing, result(result)));
    }
    List<WriteResult> results = new ArrayList<>(writes.size());
    for (Write write : writes) {
      results.add(
          byKey.getOrDefault(
              write.key(),
              new WriteResult.Unknown("the answer holds no result for " + write.key())));
    }
    return new WriteAnswer.Each(results);
  }

  /// What the answer to a call with a single thing says, in the form of one result or of many. One
  /// that says nothing of it at all is done, as its status says.
  public WriteResult single(Fields answer, Write write) {
    if (answer.has(RESULTS)) {
      return switch (read(answer, List.of(write))) {
        case WriteAnswer.Each(List<WriteResult> results) -> results.getFirst();
        case WriteAnswer.Whole(WriteResult result) -> result;
      };
    }
    return answer.has(STATUS) ? result(answer) : new WriteResult.Accepted();
  }

  private WriteResult result(Fields result) {
    String status = result.text(STATUS).orElse("").toLowerCase(Locale.ROOT);
    if (done.contains(status)) {
      return new WriteResult.Accepted();
    }
    if (status.equals(REJECTED)) {
      ErrorWords error = ErrorWords.of(result);
      return new WriteResult.Rejected(
          error.code().isEmpty() ? "REJECTED" : error.code(),
          error.message().isEmpty() ? "rejected without a reason" : error.message());
    }
    return new WriteResult.Unknown("the answer says \"%s\" of it".formatted(status));
  }
}
