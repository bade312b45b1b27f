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

  public BulkResults {
    done = Set.copyOf(done);
  }

  /// What it says of each write, in the writes' order.
  public WriteAnswer read(Fields answer, List<Write> writes) {
    if (!(answer.value("results") instanceof List<?> list)) {
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

  /// What the answer to a call with a single thing says: done, unless it says that it is rejected.
  public WriteResult single(Fields answer) {
    return answer.text("status").filter(status -> status.equalsIgnoreCase(REJECTED)).isPresent()
        ? result(answer)
        : new WriteResult.Accepted();
  }

  private WriteResult result(Fields result) {
    String status = result.text("status").orElse("").toLowerCase(Locale.ROOT);
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
