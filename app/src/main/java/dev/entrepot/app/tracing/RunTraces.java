package dev.entrepot.app.tracing;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.spi.remote.Exchange;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Sends a trace of each run to an OpenTelemetry collector: the run, its pages, its calls and what
/// was said with other systems. A trace's id is that of its run without dashes, also when the run
/// goes on at another node, as another span of the same trace. Safe for use by many threads.
public final class RunTraces implements RunObserver, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Map<UUID, Span> running = new ConcurrentHashMap<>();

  RunTraces(String node, SpanProcessor processor) {
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder()
                                .put("service.name", "entrepot")
                                .put("service.instance.id", node)
                                .build())))
            .addSpanProcessor(processor)
            .build();
    this.tracer = provider.get("dev.entrepot.flow");
  }

  /// Sends by OTLP over HTTP.
  ///
  /// @param endpoint such as `http://collector:4318`; the path of traces is added
  public static RunTraces to(URI endpoint, String node) {
    String base = endpoint.toString().replaceAll("/+$", "");
    return new RunTraces(
        node,
        BatchSpanProcessor.builder(
                OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build())
            .build());
  }

  @Override
  public void started(Run run) {
    Span span =
        tracer
            .spanBuilder("run " + run.flow())
            .setParent(parent(run.id()))
            .setAttribute("client_id", run.tenant())
            .setAttribute("entrepot.run", run.id().toString())
            .setAttribute("entrepot.mode", run.mode().name().toLowerCase(Locale.ROOT))
            .setAttribute("entrepot.trigger", run.trigger())
            .startSpan();
    Span before = running.put(run.id(), span);
    if (before != null) {
      before.end();
    }
  }

  @Override
  public void page(UUID run, String tenant, int number, int records, Instant at, Duration took) {
    child(run, "page", SpanKind.INTERNAL, at)
        .setAttribute("client_id", tenant)
        .setAttribute("entrepot.page", number)
        .setAttribute("entrepot.records", records)
        .end(at.plus(took));
  }

  @Override
  public void call(
      UUID run,
      String tenant,
      String step,
      int number,
      int records,
      Instant at,
      Duration took,
      String result) {
    child(run, "write " + step, SpanKind.INTERNAL, at)
        .setAttribute("client_id", tenant)
        .setAttribute("entrepot.call", number)
        .setAttribute("entrepot.records", records)
        .setAttribute("entrepot.result", result)
        .end(at.plus(took));
  }

  @Override
  public void exchange(UUID run, String tenant, Side side, Exchange exchange) {
    Span span =
        child(
                run,
                exchange.method() + " " + exchange.uri().getPath(),
                SpanKind.CLIENT,
                exchange.at())
            .setAttribute("client_id", tenant)
            .setAttribute("entrepot.side", side.name().toLowerCase(Locale.ROOT))
            .setAttribute("entrepot.purpose", exchange.purpose())
            .setAttribute("http.request.method", exchange.method())
            .setAttribute("server.address", String.valueOf(exchange.uri().getHost()));
    if (exchange.status() > 0) {
      span.setAttribute("http.response.status_code", exchange.status());
    }
    if (exchange.problem() != null || exchange.status() >= 400) {
      span.setStatus(StatusCode.ERROR, exchange.problem() == null ? "" : exchange.problem());
    }
    span.end(exchange.at().plus(exchange.took()));
  }

  @Override
  public void ended(Run run) {
    Span span = running.remove(run.id());
    if (span == null) {
      return; // its end is told again after a crash; the span died with the node
    }
    span.setAttribute("entrepot.state", run.state().name().toLowerCase(Locale.ROOT))
        .setAttribute("entrepot.received", run.books().received())
        .setAttribute("entrepot.written", run.books().written())
        .setAttribute("entrepot.unchanged", run.books().unchanged())
        .setAttribute("entrepot.rejected", run.books().rejected())
        .setAttribute("entrepot.skipped", run.books().skipped());
    if (run.state() == RunState.FAILED) {
      span.setStatus(StatusCode.ERROR, run.reason() == null ? "" : run.reason());
    }
    span.end();
  }

  private Span child(UUID run, String name, SpanKind kind, Instant at) {
    Span parent = running.get(run);
    return tracer
        .spanBuilder(name)
        .setParent(parent == null ? parent(run) : Context.root().with(parent))
        .setSpanKind(kind)
        .setStartTimestamp(at)
        .startSpan();
  }

  /// Spans of all nodes hang below one that is never sent.
  private static Context parent(UUID run) {
    String trace = run.toString().replace("-", "");
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    trace, trace.substring(16), TraceFlags.getSampled(), TraceState.getDefault())));
  }

  /// Sends what waits, at most for a few seconds.
  @Override
  public void close() {
    running.values().forEach(Span::end);
    var _ = provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
