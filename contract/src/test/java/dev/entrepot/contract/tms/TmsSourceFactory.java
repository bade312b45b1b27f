package dev.entrepot.contract.tms;

import dev.entrepot.kit.remote.FieldsLists;
import dev.entrepot.kit.remote.RemoteAddress;
import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteSettings;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads shipments. The TMS loses some: after that, reading begins again, and nothing is left out.
public final class TmsSourceFactory implements RecordSourceFactory {
  private static final Pattern TOKEN = Pattern.compile("([0-9]+)/([0-9]+)/([0-9]+)");

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
  public RecordSource open(
      Map<String, String> settings, Fields credentials, RemoteContext context) {
    return new Source(connector.open(settings, credentials, context));
  }

  /// @param total how many there were
  private record Place(int page, int size, long total) {
    static Place of(String token) {
      MatchResult parts =
          TOKEN
              .matcher(token)
              .results()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(token + " is no checkpoint"));
      return new Place(
          Integer.parseInt(parts.group(1)),
          Integer.parseInt(parts.group(2)),
          Long.parseLong(parts.group(3)));
    }

    @Nullable String behind(long now) {
      if (now < total) {
        return "0/%d/%d".formatted(size, now);
      }
      return (page + 1L) * size < now ? "%d/%d/%d".formatted(page + 1, size, now) : null;
    }
  }

  private record Source(TmsConnector.Account account) implements RecordSource {
    @Override
    public int largestPage() {
      return 50;
    }

    @Override
    public SourcePage read(Extract extract, @Nullable String after) throws InterruptedException {
      Place place =
          after == null
              ? new Place(0, Math.min(extract.pageSize(), largestPage()), 0)
              : Place.of(after);
      RemoteAddress address =
          RemoteAddress.below(account.base())
              .path("/shipments")
              .query("page", place.page())
              .query("size", place.size());
      if (extract.modifiedSince() != null) {
        address.query("since", extract.modifiedSince().toString());
      }
      RemoteCall call = RemoteCall.get("read-shipments", address.uri());
      Fields answer = account.client().read(call);
      List<Fields> shipments = FieldsLists.objects(answer, "shipments");
      if (shipments == null || !(answer.value("total") instanceof Long total)) {
        throw account.client().misunderstood(call, "there are no shipments");
      }
      return new SourcePage(shipments, place.behind(total), 0, total);
    }

    @Override
    public List<String> check() throws InterruptedException {
      read(new Extract(null, 1), null);
      return List.of("The TMS answers");
    }

    @Override
    public void close() {
      account.client().close();
    }
  }
}
