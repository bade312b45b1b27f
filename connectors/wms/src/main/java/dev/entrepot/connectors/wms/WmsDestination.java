package dev.entrepot.connectors.wms;

import dev.entrepot.kit.remote.BulkCalls;
import dev.entrepot.kit.remote.RemoteAddress;
import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.record.Fields;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// One account of the WMS.
final class WmsDestination implements RecordDestination, Lookup {
  // The service for items has no call to ask whether it is there; one for an item that nobody has
  // is as little.
  private static final String NOBODY = "entrepot-check";

  private final RemoteClient client;
  private final URI warehouse;
  private final BulkCalls items;
  private final BulkCalls locations;

  WmsDestination(RemoteClient client, URI inventory, URI warehouse) {
    this.client = client;
    this.warehouse = warehouse;
    this.items = new BulkCalls(client, inventory, WmsSteps.ITEMS);
    this.locations = new BulkCalls(client, warehouse, WmsSteps.LOCATIONS);
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
    items.find(List.of(NOBODY));
    RemoteCall zones =
        RemoteCall.get("read-zones", RemoteAddress.below(warehouse).path("/warehouse/zones").uri());
    int count = client.objects(zones, "zones").size();
    return List.of(
        "The service for items answers and lets us in",
        "The service for locations answers; it knows %d zones".formatted(count));
  }

  @Override
  public void close() {
    client.close();
  }

  private BulkCalls calls(String step) {
    if (step.equals(WmsSteps.ITEMS.name())) {
      return items;
    }
    if (step.equals(WmsSteps.LOCATIONS.name())) {
      return locations;
    }
    throw new IllegalArgumentException(
        "the WMS has no step %s, but %s and %s"
            .formatted(step, WmsSteps.ITEMS.name(), WmsSteps.LOCATIONS.name()));
  }
}
