package dev.entrepot.console.server;

import dev.entrepot.console.server.ProblemException.Kind;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of a request while it comes in: bounded, and honest about a sender that stops midway.
final class RequestBody extends InputStream {
  private final ServerRequest request;
  private long limit;
  private Duration longest = Duration.ZERO;
  private long end;
  private final Connections connections;
  private @Nullable InputStream source;
  private long taken;
  private boolean ended;

  RequestBody(ServerRequest request, long limit, Connections connections) {
    this.request = request;
    this.limit = limit;
    this.connections = connections;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws BrokenRequestException when the sender stops before the end
  /// @throws ProblemException when there are more bytes than allowed
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    requireInTime();
    int count;
    try {
      if (source == null) {
        // Only now is a client that waits for it told to go on (100 Continue).
        source = request.content().inputStream();
      }
      count = source.read(target, offset, length);
    } catch (HttpException | RequestException e) {
      throw new ProblemException(Kind.MALFORMED, "the body cannot be read: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw new BrokenRequestException(e);
    } finally {
      connections.bytesTaken();
    }
    if (count < 0) {
      ended = true;
      return -1;
    }
    taken += count;
    if (taken > limit) {
      throw tooLarge(limit);
    }
    return count;
  }

  /// A sender that always sends a little, and never all, would hold what waits for the whole.
  private void requireInTime() {
    if (longest.isZero()) {
      return;
    }
    long now = System.nanoTime();
    if (end == 0) {
      end = now + longest.toNanos();
    } else if (now - end > 0) {
      throw new ProblemException(
          Kind.REQUEST_TIMEOUT,
          "after %d s only %d bytes of the body had come; send less at a time"
              .formatted(longest.toSeconds(), taken));
    }
  }

  /// From its first byte on, the body has to be whole within a time; zero: whenever.
  void within(Duration time) {
    longest = time;
  }

  /// The same body, to be read to its end whatever its size, and however long it takes.
  RequestBody withoutLimit() {
    limit = Long.MAX_VALUE;
    longest = Duration.ZERO;
    return this;
  }

  /// Whether reading has begun.
  boolean begun() {
    return source != null;
  }

  /// Whether everything was read.
  boolean ended() {
    return ended;
  }

  static ProblemException tooLarge(long limit) {
    return new ProblemException(
        Kind.TOO_LARGE, "the body is larger than " + limit + " bytes; send less at a time");
  }
}
