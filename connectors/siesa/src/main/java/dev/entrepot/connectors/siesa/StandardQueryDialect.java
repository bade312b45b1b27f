package dev.entrepot.connectors.siesa;

import dev.entrepot.kit.remote.ErrorWords;
import dev.entrepot.kit.remote.RemoteAddress;
import dev.entrepot.kit.remote.RemoteCall;
import dev.entrepot.kit.remote.RemoteClient;
import dev.entrepot.spi.record.Fields;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `standard-query`: `GET {base}/api/siesa/v3/ejecutarconsultaestandar?idCompania&descripcion&
/// paginacion=numPag=1|tamPag=100`, pages from 1, of at most 100; answered with `{codigo, mensaje,
/// detalle: {Table: [...]}}`, a `codigo` of 0 meaning that it is well, or with `{Datos: [...]}`. It
/// never says how many there are. `parametros=modified_since=<instant>` is contract.
record StandardQueryDialect(URI base, String company, SiesaSettings settings)
    implements SiesaDialect {
  private static final String PATH = "/api/siesa/v3/ejecutarconsultaestandar";
  private static final String WELL = "0";

  @Override
  public int largestPage() {
    return 100;
  }

  @Override
  public RemoteCall call(int page, int size, @Nullable Instant since) {
    RemoteAddress address =
        RemoteAddress.below(base)
            .path(PATH)
            .query("idCompania", company)
            .query("descripcion", settings.query())
            .query("paginacion", "numPag=%d|tamPag=%d".formatted(page, size));
    if (since != null) {
      settings.changes().ifPresent(changes -> address.query("parametros", changes + "=" + since));
    }
    return RemoteCall.get("read-products", address.uri());
  }

  @Override
  public Rows rows(RemoteClient client, RemoteCall call, Fields answer) {
    String code = answer.text("codigo").orElse(WELL);
    if (!code.equals(WELL)) {
      throw client.misunderstood(
          call, "codigo is %s: \"%s\"".formatted(code, ErrorWords.of(answer).message()));
    }
    return list(answer)
        .map(rows -> new Rows(rows, null, null))
        .orElseThrow(
            () -> client.misunderstood(call, "the answer holds neither detalle.Table nor Datos"));
  }

  private static Optional<List<Fields>> list(Fields answer) {
    Optional<Fields> detail = answer.fields("detalle");
    return detail
        .flatMap(inner -> Optional.ofNullable(SiesaDialect.list(inner, "Table")))
        .or(() -> detail.flatMap(inner -> Optional.ofNullable(SiesaDialect.list(inner, "Datos"))))
        .or(() -> Optional.ofNullable(SiesaDialect.list(answer, "Datos")));
  }
}
