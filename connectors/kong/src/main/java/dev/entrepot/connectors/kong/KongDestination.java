package dev.entrepot.connectors.kong;

import dev.entrepot.kit.remote.BulkCalls;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.record.Fields;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One account of Kong.
final class KongDestination implements RecordDestination, Lookup {
  // Kong has no call to ask whether it is there; one for a product that nobody has is as little.
  private static final String NOBODY = "entrepot-check";

  private final RemoteClient client;
  private final Map<String, BulkCalls> steps = new HashMap<>();

  KongDestination(RemoteClient client, URI base) {
    this.client = client;
    KongSteps.ALL.forEach(step -> steps.put(step.name(), new BulkCalls(client, base, step)));
  }

  @Override
  public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
    return calls(step).write(writes);
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
