package dev.entrepot.kit.remote;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the calls of a [BulkStep]. Safe for use by many threads.
public final class BulkCalls {
  private static final int CONFLICT = 409;
  private static final int MISSING = 404;

  private final RemoteClient client;
  private final BulkStep step;
  private final URI base;
  private final ItemShape shape;
  private final BulkResults results;
  private final WriteRules rules;

  /// @param base below which the step's paths are
  public BulkCalls(RemoteClient client, URI base, BulkStep step) {
    this.client = client;
    this.step = step;
    this.base = base;
    this.shape = step.shape();
    this.results = new BulkResults(step.key(), BulkResults.USUAL);
    this.rules = new WriteRules(step.name(), step.limit(), false);
  }

  /// Writes in one call. One write alone is posted or put as a single thing; when the system knows
  /// it already, or does not, against what was thought, a second call writes it as the bulk calls
  /// do, which do not care.
  ///
  /// @throws IllegalArgumentException when there are none, too many, one twice, or one to be
  ///   deleted
  /// @throws RemoteException of the kind STOP
  public WriteAnswer write(List<Write> writes) throws InterruptedException {
    rules.check(writes);
    return writes.size() == 1 && step.single() != null
        ? single(step.single(), writes.getFirst())
        : bulk(writes);
  }

  /// What the system holds of these, by key. A key with a comma in it cannot be asked for.
  ///
  /// @throws RemoteException when it cannot be asked
  public Map<String, Fields> find(List<String> keys) throws InterruptedException {
    Map<String, Fields> found = new HashMap<>();
    for (List<String> group : KeyGroups.of(keys, step.limit())) {
      URI uri =
          RemoteAddress.below(base)
              .path(step.lookup())
              .query(step.asking(), String.join(",", group))
              .uri();
      RemoteCall call = RemoteCall.get("find-" + step.name(), uri);
      Set<String> asked = new HashSet<>(group);
      for (Fields thing : client.objects(call, step.list())) {
        thing
            .text(step.key())
            .filter(asked::contains)
            .ifPresent(key -> found.put(key, shape.of(thing)));
      }
    }
    return found;
  }

  private WriteAnswer single(String path, Write write) throws InterruptedException {
    Body body = FieldsJson.write(thing(write));
    RemoteAddress address = RemoteAddress.below(base).path(path);
    String purpose = "write-" + step.name();
    RemoteCall call =
        switch (write.kind()) {
          case CREATE -> RemoteCall.post(purpose, address.uri(), body);
          case UPDATE -> RemoteCall.put(purpose, address.segment(write.key()).uri(), body);
          case DELETE -> throw new IllegalArgumentException("deleting is no bulk call");
        };
    RemoteOutcome outcome = client.call(call);
    if (outcome instanceof RemoteOutcome.Answered answered
        && answered.status() == (write.kind() == Write.Kind.CREATE ? CONFLICT : MISSING)) {
      return bulk(List.of(write));
    }
    return client.answer(
        call, outcome, answer -> new WriteAnswer.Each(List.of(results.single(answer, write))));
  }

  private WriteAnswer bulk(List<Write> writes) throws InterruptedException {
    RemoteCall call =
        RemoteCall.post(
            "write-" + step.name(),
            RemoteAddress.below(base).path(step.bulk()).uri(),
            FieldsJson.write(step.list(), writes.stream().map(this::thing).toList()));
    return client.write(call, answer -> results.read(answer, writes));
  }

  /// Results are told apart by the key: a thing without it could never be accounted for.
  private Fields thing(Write write) {
    return write.fields().has(step.key())
        ? write.fields()
        : write.fields().with(step.key(), write.key());
  }
}
