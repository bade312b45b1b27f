package dev.entrepot.kit.remote;

import dev.entrepot.kit.outbound.RetryAfter;
import dev.entrepot.spi.remote.LimitNotice;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the headers of an answer say of the limit of calls: `Retry-After` (RFC 9110, 10.2.3,
/// seconds or a date, which is measured by the answer's own `Date`), `X-RateLimit-*` as most
/// systems send them, and the drafts of `RateLimit` and `RateLimit-Policy`
/// (draft-ietf-httpapi-ratelimit-headers, three headers up to 06, lists of items since).
final class LimitHeaders {
  // A wait of more than a day is a mistake, and would stop all nodes.
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long FIRST_EPOCH_SECOND = 1_000_000_000L;
  private static final long FIRST_EPOCH_MILLI = 1_000_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,15})(?:\\.[0-9]+)?\\s*");
  private static final Pattern FIRST_NUMBER = Pattern.compile("\\s*([0-9]{1,15})\\s*(?:[,;].*)?");

  private final HttpHeaders headers;
  private final Instant clock;

  private LimitHeaders(HttpHeaders headers, Instant clock) {
    this.headers = headers;
    this.clock = clock;
  }

  /// Null when they say nothing.
  static @Nullable LimitNotice read(HttpHeaders headers, Instant clock) {
    LimitHeaders read = new LimitHeaders(headers, clock);
    LimitNotice notice =
        new LimitNotice(
            read.pause(),
            read.small(read.limit()),
            read.per(),
            read.small(read.remaining()),
            read.reset());
    return notice.equals(new LimitNotice(null, null, null, null, null)) ? null : notice;
  }

  private @Nullable Duration pause() {
    String after = header("retry-after");
    return after.isEmpty() ? null : bounded(RetryAfter.read(after, now()));
  }

  private @Nullable Long limit() {
    Long limit = first("x-ratelimit-limit", "x-rate-limit-limit", "ratelimit-limit");
    limit = limit != null ? limit : parameter("ratelimit", "limit");
    return limit != null ? limit : policy();
  }

  /// `RateLimit-Policy: "default";q=100;w=60`, or `100;w=60` in drafts up to 07.
  private @Nullable Long policy() {
    Long limit = parameter("ratelimit-policy", "q");
    return limit != null ? limit : number(FIRST_NUMBER, header("ratelimit-policy"));
  }

  private @Nullable Duration per() {
    Long window = parameter("ratelimit-policy", "w");
    window = window != null ? window : parameter("ratelimit-limit", "w");
    return window == null ? null : bounded(Duration.ofSeconds(window));
  }

  private @Nullable Long remaining() {
    Long left = first("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining");
    left = left != null ? left : parameter("ratelimit", "remaining");
    return left != null ? left : parameter("ratelimit", "r");
  }

  private @Nullable Duration reset() {
    Long reset = first("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset");
    reset = reset != null ? reset : parameter("ratelimit", "reset");
    reset = reset != null ? reset : parameter("ratelimit", "t");
    if (reset == null) {
      return null;
    }
    // Some say how long, some when, in seconds or milliseconds.
    if (reset >= FIRST_EPOCH_MILLI) {
      return bounded(Duration.between(now(), Instant.ofEpochMilli(reset)));
    }
    return bounded(
        reset >= FIRST_EPOCH_SECOND
            ? Duration.between(now(), Instant.ofEpochSecond(reset))
            : Duration.ofSeconds(reset));
  }

  private @Nullable Long first(String... names) {
    for (String name : names) {
      if (header(name).isEmpty()) {
        continue;
      }
      Matcher whole = NUMBER.matcher(header(name));
      if (whole.matches()) {
        return Long.parseLong(whole.group(1));
      }
      Long first = number(FIRST_NUMBER, header(name));
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  private @Nullable Long parameter(String header, String name) {
    String value = header(header);
    if (value.isEmpty()) {
      return null;
    }
    Matcher matcher =
        Pattern.compile("(?:^|[;,\\s])" + name + "=([0-9]{1,15})(?:[;,\\s]|$)").matcher(value);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : null;
  }

  private static @Nullable Long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : null;
  }

  private @Nullable Integer small(@Nullable Long number) {
    return number == null ? null : (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static @Nullable Duration bounded(@Nullable Duration duration) {
    if (duration == null) {
      return null;
    }
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }

  private String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The other side's time, ours when it does not say it.
  private Instant now() {
    try {
      return ZonedDateTime.parse(header("date").strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException e) {
      return clock;
    }
  }
}
