package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Collects what was said in a run until the next transaction writes it down. Bodies are kept of
/// failures, and of the first calls of each purpose. Safe for use by many threads.
final class ExchangeLog {
  /// The call that writes which a connector makes on this thread.
  static final ScopedValue<Integer> CALL = ScopedValue.newInstance();

  private static final int FIRST_WITH_BODY = 3;
  private static final int MOST_WITH_BODY = 200;
  // What is beyond it is told to observers alone until the database answers again.
  private static final int MOST_WAITING = 10_000;

  private static final Sql WRITE =
      Sql.of(
          """
          insert into flow_exchange (run, tenant, side, call, at, purpose, method, uri, status,
            took_micros, request_headers, request_body, answer_headers, answer_body, problem)
          select ?, ?, u.side, u.call, u.at::timestamptz, u.purpose, u.method, u.uri, u.status,
            u.took, u.request_headers::json, u.request_body, u.answer_headers::json, u.answer_body,
            u.problem
          from unnest(?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
              ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            as u (side, call, at, purpose, method, uri, status, took, request_headers,
              request_body, answer_headers, answer_body, problem)
          """);

  private record Said(RunObserver.Side side, @Nullable Integer call, Exchange exchange) {}

  private final UUID run;
  private final String tenant;
  private final RunObserver observer;
  private final Map<String, Integer> purposes = new HashMap<>();
  private final List<Said> waiting = new ArrayList<>();
  private int bodies;

  ExchangeLog(UUID run, String tenant, RunObserver observer) {
    this.run = run;
    this.tenant = tenant;
    this.observer = observer;
  }

  /// One side's recorder.
  ExchangeRecorder recorder(RunObserver.Side side) {
    return new ExchangeRecorder() {
      @Override
      public void record(Exchange exchange) {
        ExchangeLog.this.record(side, exchange);
      }

      @Override
      public boolean wantsText(String purpose, boolean failed) {
        return keepsText(purpose, failed);
      }
    };
  }

  private synchronized boolean keepsText(String purpose, boolean failed) {
    return purposes.getOrDefault(purpose, 0) < FIRST_WITH_BODY
        || (failed && bodies < MOST_WITH_BODY);
  }

  private void record(RunObserver.Side side, Exchange exchange) {
    Integer call = CALL.isBound() ? CALL.get() : null;
    synchronized (this) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(new Said(side, call, keepsBody(exchange) ? exchange : bare(exchange)));
      }
    }
    observer.exchange(run, tenant, side, exchange);
  }

  private boolean keepsBody(Exchange exchange) {
    boolean failed = exchange.problem() != null || exchange.status() / 100 != 2;
    boolean keeps = keepsText(exchange.purpose(), failed);
    purposes.merge(exchange.purpose(), 1, Integer::sum);
    bodies += keeps ? 1 : 0;
    return keeps;
  }

  private static Exchange bare(Exchange exchange) {
    return new Exchange(
        exchange.at(),
        exchange.purpose(),
        exchange.method(),
        exchange.uri(),
        exchange.status(),
        exchange.took(),
        Map.of(),
        "",
        Map.of(),
        "",
        exchange.problem());
  }

  /// Whether anything was said that is not written.
  synchronized boolean waits() {
    return !waiting.isEmpty();
  }

  /// Writes what was said since; it is gone when the transaction fails.
  void write(Connection connection) {
    List<Said> said;
    synchronized (this) {
      said = List.copyOf(waiting);
      waiting.clear();
    }
    if (said.isEmpty()) {
      return;
    }
    int count = said.size();
    @Nullable Integer[] calls = new @Nullable Integer[count];
    Integer[] statuses = new Integer[count];
    Long[] took = new Long[count];
    TextColumns texts = new TextColumns(10, count);
    for (int i = 0; i < count; i++) {
      Exchange exchange = said.get(i).exchange();
      calls[i] = said.get(i).call();
      statuses[i] = exchange.status();
      took[i] = exchange.took().toNanos() / 1_000;
      texts.add(
          RunStore.name(said.get(i).side()),
          exchange.at().toString(),
          exchange.purpose(),
          exchange.method(),
          storable(exchange.uri().toString()),
          headers(exchange.requestHeaders()),
          storable(exchange.requestBody()),
          headers(exchange.answerHeaders()),
          storable(exchange.answerBody()),
          exchange.problem() == null ? null : storable(exchange.problem()));
    }
    WRITE
        .with(
            run,
            tenant,
            texts.column(0),
            calls,
            texts.column(1),
            texts.column(2),
            texts.column(3),
            texts.column(4),
            statuses,
            took,
            texts.column(5),
            texts.column(6),
            texts.column(7),
            texts.column(8),
            texts.column(9))
        .update(connection);
  }

  private static String headers(Map<String, String> headers) {
    StringBuilder text = new StringBuilder();
    Content.write(text, new LinkedHashMap<>(headers));
    return text.toString();
  }

  private static String storable(String text) {
    return StorableText.repair(text);
  }
}
