package dev.entrepot.app.logging;

import static ch.qos.logback.core.encoder.JsonEscapeUtil.jsonEscapeString;
import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// A log line as one JSON object: `timestamp, level, client_id, component, message, metadata`, in
/// this order, all of them in every line. Safe for use by many threads.
///
/// - `timestamp`: UTC, ISO 8601, such as `2026-11-21T10:00:00.123Z`.
/// - `client_id`: the client that the thread works for (`client_id` of the MDC); null: none.
/// - `component`: the class that speaks, without its package.
/// - `metadata`: texts. `logger` is the class with its package, `thread` the thread's name; what
///   else the MDC and the event hold, by its names; of an exception `exception` is the class and
///   `stack_trace` all of it.
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final String CLIENT = "client_id";
  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder line = new StringBuilder(256).append('{');
    field(line, "timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    field(line.append(','), "level", event.getLevel().toString());
    field(line.append(','), CLIENT, event.getMDCPropertyMap().get(CLIENT));
    field(line.append(','), "component", logger.substring(logger.lastIndexOf('.') + 1));
    field(line.append(','), "message", event.getFormattedMessage());
    line.append(",\"metadata\":{");
    boolean first = true;
    for (Map.Entry<String, String> one : metadata(event).entrySet()) {
      if (!first) {
        line.append(',');
      }
      first = false;
      field(line, one.getKey(), one.getValue());
    }
    return line.append("}}\n").toString().getBytes(UTF_8);
  }

  private static Map<String, String> metadata(ILoggingEvent event) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("logger", event.getLoggerName());
    metadata.put("thread", event.getThreadName());
    event
        .getMDCPropertyMap()
        .forEach((name, value) -> {
          if (!name.equals(CLIENT)) {
            metadata.putIfAbsent(name, value);
          }
        });
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> metadata.putIfAbsent(pair.key, String.valueOf(pair.value)));
    }
    IThrowableProxy exception = event.getThrowableProxy();
    if (exception != null) {
      metadata.put("exception", exception.getClassName());
      metadata.put("stack_trace", ThrowableProxyUtil.asString(exception));
    }
    return metadata;
  }

  private static void field(StringBuilder line, String name, @Nullable String value) {
    line.append('"').append(jsonEscapeString(name)).append("\":");
    if (value == null) {
      line.append("null");
    } else {
      line.append('"').append(jsonEscapeString(value)).append('"');
    }
  }
}
