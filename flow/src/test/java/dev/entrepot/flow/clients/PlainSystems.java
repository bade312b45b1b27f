package dev.entrepot.flow.clients;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import dev.entrepot.spi.source.SourcePage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Systems for tests of configuration: a source `siesa` and destinations `kong` and `wms` that take
/// everything and call nobody.
public final class PlainSystems {
  /// The credentials that the last one was opened with.
  public final AtomicReference<Fields> credentials = new AtomicReference<>(Fields.EMPTY);

  public FlowSystems systems() {
    return new FlowSystems(List.of(new Siesa()), List.of(new Product("kong"), new Product("wms")));
  }

  private final class Siesa implements RecordSourceFactory {
    @Override
    public String kind() {
      return "siesa";
    }

    @Override
    public String title() {
      return "Siesa";
    }

    @Override
    public List<SettingField> settings() {
      return List.of(
          new SettingField("dialect", "which API", "rest", List.of("rest", "standard-query")));
    }

    @Override
    public List<CredentialField> credentials() {
      return List.of(
          new CredentialField("api_url", "the address", true, false),
          new CredentialField("api_key", "the key", true, true),
          new CredentialField("password", "the password", false, true));
    }

    @Override
    public List<FieldSpec> fields(Map<String, String> settings) {
      return List.of(new FieldSpec("f_codigo", FieldSpec.Type.TEXT, true, "the code"));
    }

    @Override
    public RecordSource open(
        Map<String, String> settings, Fields credentials, RemoteContext context) {
      PlainSystems.this.credentials.set(credentials);
      return new Empty();
    }
  }

  private static final class Empty implements RecordSource {
    @Override
    public int largestPage() {
      return 100;
    }

    @Override
    public SourcePage read(Extract extract, @Nullable String after) {
      return new SourcePage(List.of(), null, 0, 0L);
    }

    @Override
    public List<String> check() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private final class Product implements RecordDestinationFactory {
    private final String kind;

    Product(String kind) {
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public String title() {
      return kind;
    }

    @Override
    public List<SettingField> settings() {
      return List.of();
    }

    @Override
    public List<CredentialField> credentials() {
      return List.of(
          new CredentialField("api_key", "the key", true, true),
          new CredentialField("tenant_id", "the tenant", false, false),
          new CredentialField("additional_config.rfid_enabled", "whether", false, false));
    }

    @Override
    public List<FieldSpec> fields(Map<String, String> settings) {
      return List.of(
          new FieldSpec("product_id", FieldSpec.Type.TEXT, true, "the id"),
          new FieldSpec("name", FieldSpec.Type.TEXT, true, "the name"),
          new FieldSpec("quantity", FieldSpec.Type.DECIMAL, false, "the stock"));
    }

    @Override
    public List<Step> steps(Map<String, String> settings) {
      return List.of(new Step("products", "Products", 100, Optional::of));
    }

    @Override
    public RecordDestination open(
        Map<String, String> settings, Fields credentials, RemoteContext context) {
      PlainSystems.this.credentials.set(credentials);
      return new Taking();
    }
  }

  private static final class Taking implements RecordDestination {
    @Override
    public WriteAnswer write(String step, List<Write> writes) {
      return new WriteAnswer.Whole(new WriteResult.Accepted());
    }

    @Override
    public List<String> check() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
