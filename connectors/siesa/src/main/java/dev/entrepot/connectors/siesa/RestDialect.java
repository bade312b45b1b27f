package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.RemoteAddress;
import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.record.Fields;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `rest` (contract): `GET {base}/inventory/products?page&limit&modified_since`, pages from 1,
/// limit at most 1,000; `modified_since` is an instant in ISO 8601, inclusive; answered with
/// `{data: [...], page, limit, total}`. Rows are in the order in which the products came: new ones
/// come last.
record RestDialect(URI base) implements SiesaDialect {

  @Override
  public int largestPage() {
    return 1_000;
  }

  @Override
  public RemoteCall call(int page, int size, @Nullable Instant since) {
    RemoteAddress address =
        RemoteAddress.below(base)
            .path("/inventory/products")
            .query("page", page)
            .query("limit", size);
    if (since != null) {
      address.query("modified_since", since.toString());
    }
    return RemoteCall.get("read-products", address.uri());
  }

  @Override
  public Rows rows(RemoteClient client, RemoteCall call, Fields answer) {
    List<Fields> data = SiesaDialect.list(answer, "data");
    if (data == null) {
      throw client.misunderstood(call, "the answer holds no list \"data\"");
    }
    // A Siesa that gives fewer than were asked for counts its pages by what it gives.
    Integer told =
        answer.value("limit") instanceof Long limit && limit > 0 && limit <= largestPage()
            ? (Integer) limit.intValue()
            : null;
    Long total = answer.value("total") instanceof Long count && count >= 0 ? count : null;
    return new Rows(data, told, total);
  }
}
