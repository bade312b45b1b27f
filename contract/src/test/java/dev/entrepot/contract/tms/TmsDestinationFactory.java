package dev.entrepot.contract.tms;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.kit.remote.BulkResults;
import dev.entrepot.kit.remote.ItemShape;
import dev.entrepot.kit.remote.KeyGroups;
import dev.entrepot.kit.remote.RemoteAddress;
import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.kit.remote.WriteRules;
import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes shipments, and deletes them.
public final class TmsDestinationFactory implements RecordDestinationFactory {
  private static final String STEP = "shipments";
  private static final int LIMIT = 20;
  private static final ItemShape SHAPE = new ItemShape(TmsConnector.FIELDS);

  private final TmsConnector connector = new TmsConnector();

  @Override
  public String kind() {
    return TmsConnector.KIND;
  }

  @Override
  public String title() {
    return TmsConnector.TITLE;
  }

  @Override
  public List<SettingField> settings() {
    return RemoteSettings.fields();
  }

  @Override
  public List<CredentialField> credentials() {
    return TmsConnector.CREDENTIALS;
  }

  @Override
  public List<FieldSpec> fields(Map<String, String> settings) {
    return TmsConnector.FIELDS;
  }

  @Override
  public List<Step> steps(Map<String, String> settings) {
    return List.of(new Step(STEP, "Shipments", LIMIT, item -> Optional.of(SHAPE.of(item))));
  }

  @Override
  public RecordDestination open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    return new Destination(connector.open(settings, credentials, context));
  }

  private record Destination(TmsConnector.Account account)
      implements RecordDestination, Lookup, Deleting {
    @Override
    public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
      if (!step.equals(STEP)) {
        throw new IllegalArgumentException("the TMS has no step " + step);
      }
      new WriteRules(STEP, LIMIT, true).check(writes);
      List<Fields> things = writes.stream().map(Destination::thing).toList();
      RemoteCall call =
          RemoteCall.post(
              "write-shipments",
              RemoteAddress.below(account.base()).path("/shipments/batch").uri(),
              FieldsJson.write("shipments", things));
      BulkResults results = new BulkResults("id", BulkResults.USUAL);
      return account.client().write(call, answer -> results.read(answer, writes));
    }

    private static Fields thing(Write write) {
      return switch (write.kind()) {
        case CREATE, UPDATE -> write.fields();
        case DELETE -> new Fields(Map.of("id", write.key(), "deleted", true));
      };
    }

    @Override
    public Map<String, Fields> find(String step, List<String> keys) throws InterruptedException {
      Map<String, Fields> found = new HashMap<>();
      for (List<String> group : KeyGroups.of(keys, LIMIT)) {
        RemoteAddress address =
            RemoteAddress.below(account.base())
                .path("/shipments")
                .query("ids", String.join(",", group));
        RemoteCall call = RemoteCall.get("find-shipments", address.uri());
        for (Fields thing : account.client().objects(call, "shipments")) {
          found.put(thing.text("id").orElseThrow(), SHAPE.of(thing));
        }
      }
      return found;
    }

    @Override
    public List<String> check() throws InterruptedException {
      find(STEP, List.of("nobody"));
      return List.of("The TMS answers");
    }

    @Override
    public void close() {
      account.client().close();
    }
  }
}
