package dev.entrepot.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final LoggerContext LOGGERS = new LoggerContext();

  private static LoggingEvent event(
      Map<String, String> context, String message, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            LOGGERS.getLogger("dev.entrepot.flow.runs.RunAttempt"),
            Level.WARN,
            message,
            null,
            arguments);
    event.setInstant(Instant.parse("2026-11-21T10:00:00.123Z"));
    event.setThreadName("run-1");
    event.setMDCPropertyMap(context);
    return event;
  }

  private static JsonNode line(LoggingEvent event) {
    String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n");
    return JSON.readTree(line);
  }

  @Test
  void haveTheEstablishedNamesInTheirOrder() {
    LoggingEvent event =
        event(Map.of("client_id", "acme", "request", "r-1"), "run {} of {}", 7, "acme");
    event.addKeyValuePair(new KeyValuePair("records", 12));
    JsonNode line = line(event);

    assertThat(List.copyOf(line.propertyNames()))
        .containsExactly("timestamp", "level", "client_id", "component", "message", "metadata");
    assertThat(line.path("timestamp").asString()).isEqualTo("2026-11-21T10:00:00.123Z");
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("client_id").asString()).isEqualTo("acme");
    assertThat(line.path("component").asString()).isEqualTo("RunAttempt");
    assertThat(line.path("message").asString()).isEqualTo("run 7 of acme");
    assertThat(line.path("metadata"))
        .isEqualTo(
            JSON.readTree(
                """
                {"logger": "dev.entrepot.flow.runs.RunAttempt", "thread": "run-1",
                 "request": "r-1", "records": "12"}
                """));
  }

  @Test
  void saySoWhenThereIsNoClient() {
    assertThat(line(event(Map.of(), "hello")).path("client_id").isNull()).isTrue();
  }

  @Test
  void holdAnythingInOneLine() {
    LoggingEvent event = event(Map.of(), "a \"quote\", a \\, a\nbreak, \u0001, ñ, 🙂");
    JsonNode line = line(event);
    assertThat(line.path("message").asString())
        .isEqualTo("a \"quote\", a \\, a\nbreak, \u0001, ñ, 🙂");
  }

  @Test
  void tellOfExceptions() {
    LoggingEvent event = event(Map.of(), "it broke");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("no\nway")));
    JsonNode metadata = line(event).path("metadata");
    assertThat(metadata.path("exception").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(metadata.path("stack_trace").asString())
        .contains("IllegalStateException: no\nway")
        .contains("JsonLinesTest.tellOfExceptions");
  }
}
