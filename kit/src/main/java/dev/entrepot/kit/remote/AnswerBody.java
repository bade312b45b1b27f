package dev.entrepot.kit.remote;

import dev.entrepot.spi.event.Body;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Takes an answer in, and keeps what has come of it also when the rest does not: the status may
/// tell enough. Of a body that is too large only the beginning is kept; the rest is not awaited.
final class AnswerBody implements HttpResponse.BodyHandler<Body> {
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Body> complete = new CompletableFuture<>();
  private int status;
  private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
  private boolean tooLarge;
  private @Nullable Throwable broken;

  AnswerBody(int most) {
    this.most = most;
  }

  @Override
  public HttpResponse.BodySubscriber<Body> apply(HttpResponse.ResponseInfo info) {
    synchronized (this) {
      status = info.statusCode();
      headers = info.headers();
    }
    return new Subscriber();
  }

  /// 0: no answer has begun.
  synchronized int status() {
    return status;
  }

  synchronized HttpHeaders headers() {
    return headers;
  }

  /// What has come so far.
  synchronized Body body() {
    return Body.of(bytes.toByteArray());
  }

  synchronized boolean tooLarge() {
    return tooLarge;
  }

  /// Why the body broke off; null: it did not.
  synchronized @Nullable Throwable broken() {
    return broken;
  }

  private synchronized boolean add(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int taken = Math.min(buffer.remaining(), most - bytes.size());
      byte[] part = new byte[taken];
      buffer.get(part);
      bytes.write(part, 0, taken);
      if (buffer.hasRemaining()) {
        tooLarge = true;
        return false;
      }
    }
    return true;
  }

  private synchronized void breakOff(Throwable problem) {
    broken = problem;
  }

  private final class Subscriber implements HttpResponse.BodySubscriber<Body> {
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<Body> getBody() {
      return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (!complete.isDone() && !add(buffers)) {
        if (subscription != null) {
          subscription.cancel();
        }
        complete.complete(body());
      }
    }

    @Override
    public void onError(Throwable problem) {
      breakOff(problem);
      complete.complete(body());
    }

    @Override
    public void onComplete() {
      complete.complete(body());
    }
  }
}
