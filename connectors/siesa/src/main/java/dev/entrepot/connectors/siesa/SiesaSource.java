package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads products page by page. Ghosts, rows in which every field is null, have places in pages and
/// are left out of them here.
final class SiesaSource implements RecordSource {
  private final RemoteClient client;
  private final SiesaDialect dialect;
  private final Clock clock;
  private final int largest;

  SiesaSource(RemoteClient client, SiesaDialect dialect, SiesaSettings settings, Clock clock) {
    this.clock = clock;
    this.client = client;
    this.dialect = dialect;
    this.largest =
        Math.min(dialect.largestPage(), settings.pageSize().orElse(dialect.largestPage()));
  }

  @Override
  public int largestPage() {
    return largest;
  }

  @Override
  public SourcePage read(Extract extract, @Nullable String after) throws InterruptedException {
    PageToken token =
        after == null
            ? PageToken.first(Math.min(extract.pageSize(), largest), clock.instant())
            : PageToken.of(after);
    RemoteCall call = dialect.call(token.page(), token.size(), extract.modifiedSince());
    SiesaDialect.Rows read = dialect.rows(client, call, client.read(call));
    PageToken.Taken taken = taken(token, call, read, extract);
    List<Fields> records = taken.rows().stream().filter(row -> !row.blank()).toList();
    PageToken next = taken.next();
    return new SourcePage(
        records,
        next == null ? null : next.text(),
        taken.rows().size() - records.size(),
        read.total());
  }

  private PageToken.Taken taken(
      PageToken token, RemoteCall call, SiesaDialect.Rows read, Extract extract) {
    try {
      return token.take(read, extract.modifiedSince() == null);
    } catch (MisreadException e) {
      throw client.misunderstood(call, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<String> check() throws InterruptedException {
    RemoteCall call = dialect.call(1, 1, null);
    SiesaDialect.Rows read = dialect.rows(client, call, client.read(call));
    return List.of(
        "Siesa answers and lets us in",
        read.total() == null
            ? read.rows().isEmpty() ? "It has no products" : "It has products"
            : "It has %d products".formatted(read.total()));
  }

  @Override
  public void close() {
    client.close();
  }
}
