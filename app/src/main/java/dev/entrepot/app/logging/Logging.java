package dev.entrepot.app.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.Level;

/// Sends the log to standard error, as lines for people or for programs. Set up in code: reading a
/// configuration file costs a quarter of a second of every start.
public final class Logging {
  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} %replace(%msg){'[\\p{Cntrl}&&[^\\n\\t]]','?'}%n%ex{full}";

  /// Libraries that tell more than an operator can use.
  private static final Map<String, Level> QUIETER =
      Map.of(
          // Of each broken connection with its stack: the database itself says once that it is
          // away.
          "com.zaxxer.hikari", Level.ERROR,
          "org.flywaydb", Level.WARN,
          "io.helidon", Level.WARN);

  private Logging() {}

  /// Starts logging; what was set up before is forgotten.
  ///
  /// @param least the least important messages to log
  public static void start(LogFormat format, Level least) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("logging needs Logback; another SLF4J provider was found");
    }
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, format));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(logback(least));
    QUIETER.forEach((name, quiet) -> {
      boolean quieter = quiet.toInt() > least.toInt() && least != Level.TRACE;
      context.getLogger(name).setLevel(logback(quieter ? quiet : least));
    });
    bridge(least);
  }

  /// Helidon and the PostgreSQL driver log by java.util.logging.
  private static void bridge(Level least) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    java.util.logging.Logger.getLogger("")
        .setLevel(
            switch (least) {
              case TRACE, DEBUG -> java.util.logging.Level.FINE;
              case INFO -> java.util.logging.Level.INFO;
              case WARN -> java.util.logging.Level.WARNING;
              case ERROR -> java.util.logging.Level.SEVERE;
            });
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
    return switch (format) {
      case TEXT -> {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(LINE);
        text.start();
        yield text;
      }
      case JSON -> {
        JsonLines json = new JsonLines();
        json.setContext(context);
        json.start();
        yield json;
      }
    };
  }

  private static ch.qos.logback.classic.Level logback(Level level) {
    return ch.qos.logback.classic.Level.toLevel(level.name());
  }
}
