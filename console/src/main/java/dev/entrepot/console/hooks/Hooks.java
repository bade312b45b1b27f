package dev.entrepot.console.hooks;

import dev.entrepot.console.server.DirectRoute;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// `POST /hooks/{connection}`: takes one event. It is answered with 200 only when it is on disk;
/// everything else is a problem as RFC 9457 has it, with `Retry-After` where trying again helps.
/// Memory for bodies under way is bounded, however many send at a time.
public final class Hooks implements DirectRoute {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// So little room is taken for a body of which nothing has come yet, whatever its sender says.
  private static final int FIRST_READ = 1 << 10;

  /// So many times what has come there is room taken for, at most.
  private static final int GROWTH = 4;

  /// How much of a body that was not wanted is read and thrown away, and for how long, so that its
  /// sender gets to read the answer rather than a broken connection.
  private static final long MOST_DRAINED = 64 << 20;

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(15);

  private final Intake intake;
  private final Limits limits;
  private final Room room;

  /// What senders may take.
  ///
  /// @param bytes memory for bodies that are being received, of all senders together
  /// @param patience how long one sender may take for its whole body
  public record Limits(long bytes, Duration patience) {
    /// 48 MiB; 30 seconds. Senders give up earlier: Shopify after 5 seconds.
    public static final Limits DEFAULT = new Limits(48 << 20, Duration.ofSeconds(30));
  }

  public Hooks(Intake intake, Limits limits) {
    this.intake = intake;
    this.limits = limits;
    this.room = new Room(limits.bytes());
  }

  @Override
  public String path() {
    return "/hooks/{connection}";
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response, Runnable taken) {
    String connection = request.path().pathParameters().get("connection");
    Incoming incoming = new Incoming(request, taken, System.nanoTime());
    Receipt receipt;
    try (Room.Share share = room.share()) {
      receipt = receipt(connection, incoming, share);
    }
    answer(response, receipt, incoming);
  }

  private Receipt receipt(String connection, Incoming incoming, Room.Share share) {
    Optional<Receipt> refused = intake.refusePosted(connection);
    if (refused.isPresent()) {
      return refused.get();
    }
    OptionalInt most = intake.mostBodyBytes(connection);
    if (most.isEmpty()) {
      return intake.tooLarge(connection); // which says that there is no such connection
    }
    if (incoming.announced() > most.getAsInt()) {
      return intake.tooLarge(connection);
    }
    Received received = incoming.read(most.getAsInt(), share, limits.patience());
    return switch (received) {
      case Received.Whole(byte[] bytes) ->
          intake.accept(connection, new Delivery(headers(incoming.request), Body.of(bytes)));
      case Received.TooLarge() -> intake.tooLarge(connection);
      case Received.NoRoom() ->
          new Receipt.Refused(
              Receipt.Reason.BUSY,
              "too many large events are being received; send it again",
              Duration.ofSeconds(1));
      case Received.TooSlow() ->
          throw new CloseConnectionException("a sender took too long for its body");
    };
  }

  private static Headers headers(ServerRequest request) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      values.put(header.headerName().lowerCase(), header.allValues());
    }
    return new Headers(values);
  }

  private static void answer(ServerResponse response, Receipt receipt, Incoming incoming) {
    response.header(HeaderValues.CACHE_NO_CACHE);
    switch (receipt) {
      case Receipt.Accepted(long position) -> kept(response, position, false);
      case Receipt.Duplicate(long first) -> kept(response, first, true);
      case Receipt.Refused refused -> refuse(response, refused, incoming);
    }
  }

  private static void kept(ServerResponse response, long position, boolean duplicate) {
    response.header(HeaderValues.CONTENT_TYPE_JSON);
    response.send(
        ("{\"event\":\"" + Positions.text(position) + "\",\"duplicate\":" + duplicate + "}")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void refuse(ServerResponse response, Receipt.Refused refused, Incoming incoming) {
    String code = refused.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "/problems/" + code);
    problem.put("title", title(refused.reason()));
    problem.put("status", refused.reason().status());
    problem.put("detail", refused.message());
    Duration retryAfter = refused.retryAfter();
    if (retryAfter != null) {
      response.header(HeaderNames.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response.status(Status.create(refused.reason().status()));
    boolean rest = !incoming.ended();
    if (rest) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.send(JSON.writeValueAsBytes(problem));
    if (rest) {
      incoming.drain();
      throw new CloseConnectionException("the rest of an event was not wanted");
    }
  }

  private static String title(Receipt.Reason reason) {
    return switch (reason) {
      case UNKNOWN_CONNECTION -> "There is no such connection";
      case REMOVED -> "The connection was removed";
      case DISABLED -> "The connection is disabled";
      case NOT_POSTED -> "Nothing is posted to the connection";
      case FORGED -> "The signature is not right";
      case STALE -> "The signature is too old";
      case INCOMPLETE -> "The event cannot be identified";
      case TOO_LARGE -> "The event is too large";
      case BUSY -> "Too much is waiting";
      case UNAVAILABLE -> "The event cannot be kept at the moment";
    };
  }

  /// How the reading of a body ended.
  private sealed interface Received {
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared with nothing
    record Whole(byte[] bytes) implements Received {}

    record TooLarge() implements Received {}

    record NoRoom() implements Received {}

    record TooSlow() implements Received {}
  }

  /// A body while it comes in.
  private static final class Incoming {
    private final ServerRequest request;
    private final Runnable taken;
    private final long began;
    private @Nullable InputStream in;
    private boolean ended;

    Incoming(ServerRequest request, Runnable taken, long began) {
      this.request = request;
      this.taken = taken;
      this.began = began;
      this.ended = !request.content().hasEntity();
    }

    long announced() {
      return request.headers().contentLength().orElse(0);
    }

    boolean ended() {
      return ended;
    }

    Received read(int most, Room.Share share, Duration patience) {
      if (ended) {
        return new Received.Whole(new byte[0]);
      }
      byte[] bytes = new byte[Math.clamp(announced(), 1, FIRST_READ)];
      int size = 0;
      if (!share.reach(bytes.length)) {
        return new Received.NoRoom();
      }
      try {
        InputStream body = body();
        while (true) {
          if (size == bytes.length) {
            int next = body.read();
            taken.run();
            if (next < 0) {
              break;
            }
            if (size >= most) {
              return new Received.TooLarge();
            }
            int larger = (int) Math.min(most, larger(bytes.length));
            if (!share.reach(larger)) {
              return new Received.NoRoom();
            }
            bytes = Arrays.copyOf(bytes, larger);
            bytes[size++] = (byte) next;
          }
          int count = body.read(bytes, size, bytes.length - size);
          taken.run();
          if (count < 0) {
            break;
          }
          size += count;
          if (System.nanoTime() - began > patience.toNanos()) {
            return new Received.TooSlow();
          }
        }
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("an event broke off", e);
        throw new CloseConnectionException("the sender of an event is gone", e);
      }
      ended = true;
      return new Received.Whole(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }

    /// What the sender says, but no more than what has come deserves.
    private long larger(int length) {
      return Math.min((long) GROWTH * length, Math.max(announced(), 2L * length));
    }

    /// Can be asked for only once. A sender that waits for it is told to go on.
    private InputStream body() {
      if (in == null) {
        in = request.content().inputStream();
      }
      return in;
    }

    /// Reads on for a while, but not for as long as a sender likes to drip.
    void drain() {
      if (in == null && request.headers().containsToken(HeaderValues.EXPECT_100)) {
        return; // it has sent nothing, and will not
      }
      byte[] buffer = new byte[8192];
      long until = System.nanoTime() + LONGEST_DRAIN.toNanos();
      try {
        InputStream body = body();
        long drained = 0;
        int count = 0;
        while (count >= 0 && drained < MOST_DRAINED && System.nanoTime() - until < 0) {
          count = body.read(buffer);
          drained += count;
          taken.run();
        }
      } catch (IOException | RuntimeException e) {
        LOG.trace("the rest of a refused event broke off", e);
      }
    }
  }
}
