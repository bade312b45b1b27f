package dev.entrepot.connectors.kong;

import dev.entrepot.kit.remote.BulkCalls;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One account of Kong.
final class KongDestination implements RecordDestination, Lookup {
  // Kong has no call to ask whether it is there; one for a product that nobody has is as little.
  private static final String NOBODY = "entrepot-check";

  private static final String TAG_BOUND = "TAG_BOUND";

  private final RemoteClient client;
  private final Map<String, BulkCalls> steps = new HashMap<>();

  KongDestination(RemoteClient client, URI base) {
    this.client = client;
    KongSteps.ALL.forEach(step -> steps.put(step.name(), new BulkCalls(client, base, step)));
  }

  @Override
  public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
    WriteAnswer answer = calls(step).write(writes);
    return answer instanceof WriteAnswer.Each(List<WriteResult> results)
        ? new WriteAnswer.Each(results.stream().map(KongDestination::remedied).toList())
        : answer;
  }

  /// A rejection with what people can do about it, where Kong's own words do not say.
  private static WriteResult remedied(WriteResult result) {
    return result instanceof WriteResult.Rejected(String code, String reason)
            && code.equals(TAG_BOUND)
        ? new WriteResult.Rejected(
            code,
            reason
                + "; Kong has no call that takes a tag off a product: free it there, or give that"
                + " product another tag")
        : result;
  }

  @Override
  public Map<String, Fields> find(String step, List<String> keys) throws InterruptedException {
    return calls(step).find(keys);
  }

  @Override
  public List<String> check() throws InterruptedException {
    calls(KongSteps.PRODUCTS.name()).find(List.of(NOBODY));
    return List.of("Kong answers and lets us in");
  }

  @Override
  public void close() {
    client.close();
  }

  private BulkCalls calls(String step) {
    BulkCalls calls = steps.get(step);
    if (calls == null) {
      throw new IllegalArgumentException("Kong has no step " + step + ", but " + steps.keySet());
    }
    return calls;
  }
}
