package dev.entrepot.kit.remote;

import dev.entrepot.kit.network.Unreachable;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.remote.LimitNotice;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Sends a call over HTTP and takes the answer in.
final class Transmission {
  private final HttpClient http;
  private final RemoteSettings settings;
  private final RemoteParty party;
  private final RemoteContext context;
  private final ExchangeKeeper keeper;

  Transmission(HttpClient http, RemoteSettings settings, RemoteParty party, RemoteContext context) {
    this.http = http;
    this.settings = settings;
    this.party = party;
    this.context = context;
    this.keeper = new ExchangeKeeper(party, context.recorder());
  }

  RemoteOutcome send(RemoteCall call) {
    HttpRequest request = request(call);
    AnswerBody answer = new AnswerBody(settings.largestAnswer());
    Instant at = context.clock().instant();
    long began = System.nanoTime();
    @Nullable Throwable problem = exchange(request, answer);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    RemoteOutcome outcome = outcome(answer, problem);
    keeper.keep(call, request, answer, at, took, reason(outcome));
    return outcome;
  }

  private HttpRequest request(RemoteCall call) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(call.uri())
            .header("Accept", "application/json")
            .header("User-Agent", "Entrepot");
    party.auth().headers().forEach(builder::header);
    Body body = call.body();
    if (body == null) {
      return builder.method(call.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return builder
        .header("Content-Type", "application/json")
        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body.bytes()))
        .build();
  }

  /// @return why there is no whole answer; null: there is
  private @Nullable Throwable exchange(HttpRequest request, AnswerBody answer) {
    CompletableFuture<HttpResponse<Body>> sent = http.sendAsync(request, answer);
    try {
      Duration connect = settings.connect();
      Duration whole =
          settings
              .answer()
              .plus(connect.compareTo(settings.answer()) < 0 ? connect : settings.answer());
      sent.get(whole.toMillis(), TimeUnit.MILLISECONDS);
      return answer.broken();
    } catch (TimeoutException e) {
      sent.cancel(true);
      return e;
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return e;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  private RemoteOutcome outcome(AnswerBody answer, @Nullable Throwable problem) {
    if (answer.status() != 0) {
      return answered(answer, problem);
    }
    return switch (problem) {
      case null -> new RemoteOutcome.NoAnswer("there was no answer", RemoteException.Code.FAULT);
      case InterruptedException _ ->
          new RemoteOutcome.NoAnswer(
              "interrupted while waiting for the answer", RemoteException.Code.UNAVAILABLE);
      case TimeoutException _ ->
          new RemoteOutcome.NoAnswer(
              "no answer within " + OutcomeWords.words(settings.answer()),
              RemoteException.Code.UNAVAILABLE);
      case HttpConnectTimeoutException _ ->
          new RemoteOutcome.NotSent(
              "no connection within " + OutcomeWords.words(settings.connect()));
      case ConnectException e -> new RemoteOutcome.NotSent(unreachable(e));
      case NoRouteToHostException e -> new RemoteOutcome.NotSent(unreachable(e));
      case UnknownHostException e -> new RemoteOutcome.NotSent(unreachable(e));
      case SSLHandshakeException e ->
          new RemoteOutcome.NotSent("no secure connection (" + e.getMessage() + ")");
      case IOException e ->
          new RemoteOutcome.NoAnswer(
              "the connection was cut before the answer (" + e.getMessage() + ")",
              RemoteException.Code.FAULT);
      default -> throw new IllegalStateException("the call could not be made", problem);
    };
  }

  private RemoteOutcome answered(AnswerBody answer, @Nullable Throwable problem) {
    LimitNotice notice = LimitHeaders.read(answer.headers(), context.clock().instant());
    StatusMeaning meaning = party.table().of(answer.status());
    boolean pausing = meaning == StatusMeaning.THROTTLED || meaning == StatusMeaning.UNAVAILABLE;
    if (notice != null) {
      context.budget().learn(notice);
    }
    if (meaning == StatusMeaning.DONE) {
      if (answer.tooLarge()) {
        return new RemoteOutcome.NoAnswer(
            "the answer is larger than %d MB; ask for smaller pages, or raise %s"
                .formatted((settings.largestAnswer() + 1) >> 20, RemoteSettings.LARGEST_ANSWER),
            RemoteException.Code.REFUSED);
      }
      if (problem instanceof InterruptedException) {
        return new RemoteOutcome.NoAnswer(
            "interrupted while the answer came", RemoteException.Code.UNAVAILABLE);
      }
      if (problem != null) {
        return new RemoteOutcome.NoAnswer(
            problem instanceof TimeoutException
                ? "the answer was not complete within " + OutcomeWords.words(settings.answer())
                : "the answer broke off after " + answer.body(),
            RemoteException.Code.FAULT);
      }
    }
    return new RemoteOutcome.Answered(
        answer.status(), answer.body(), pausing && notice != null ? after(notice) : null);
  }

  private static @Nullable Duration after(LimitNotice notice) {
    if (notice.pause() != null) {
      return notice.pause();
    }
    Integer remaining = notice.remaining();
    return remaining != null && remaining == 0 ? notice.reset() : null;
  }

  private static @Nullable String reason(RemoteOutcome outcome) {
    return switch (outcome) {
      case RemoteOutcome.Answered _ -> null;
      case RemoteOutcome.NotSent notSent -> notSent.reason();
      case RemoteOutcome.NoAnswer noAnswer -> noAnswer.reason();
    };
  }

  private static String unreachable(IOException problem) {
    return "no connection could be made: " + Unreachable.why(problem);
  }
}
