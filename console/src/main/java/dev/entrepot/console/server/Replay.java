package dev.entrepot.console.server;

import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.idempotency.Idempotency.Claim;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers, and honours `Idempotency-Key` where a route does: the first request with a key
/// acts, the same request again gets the same answer, another request with the key is refused. Only
/// successes are kept; what failed may be tried again with the same key. When it is not known
/// whether the first one acted, the same request is refused, unless acting twice does no harm.
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /// How an answer is kept.
  record Kept(int status, List<Answer.Header> headers, String type, String body) {}

  private final Idempotency idempotency;
  private final Json json;

  Replay(Idempotency idempotency, Json json) {
    this.idempotency = idempotency;
    this.json = json;
  }

  Answer run(Exchange exchange) throws IOException, InterruptedException {
    Optional<String> key = exchange.header(HEADER);
    if (exchange.route().repeat() == Route.Repeat.ACTS || key.isEmpty()) {
      return exchange.route().handler().handle(exchange);
    }
    if (!KEY.matcher(key.get()).matches()) {
      throw new ProblemException(
          Kind.MALFORMED,
          HEADER + " must have 1 to 255 printable ASCII characters without blanks, a UUID say");
    }
    String principal = exchange.principal().actor().reference();
    Claim claim = idempotency.claim(principal, key.get());
    if (claim instanceof Claim.Unknown unknown
        && exchange.route().repeat() == Route.Repeat.RECOGNISES) {
      claim = idempotency.takeOver(principal, key.get(), unknown);
    }
    return switch (claim) {
      case Claim.Fresh fresh -> first(exchange, principal, key.get(), fresh.id());
      case Claim.Answered answered -> again(exchange, answered);
      case Claim.InFlight _ ->
          throw new ProblemException(
              Kind.CONFLICT,
              "a request with this " + HEADER + " is being carried out; wait for its answer",
              List.of(),
              ProblemException.later(Kind.CONFLICT, "", Duration.ofSeconds(1)).headers());
      case Claim.Unknown _ ->
          throw new ProblemException(
              Kind.OUTCOME_UNKNOWN,
              "a request with this "
                  + HEADER
                  + " was begun and never answered, for the server stopped midway; look whether it"
                  + " took effect, and if it did not, send it with a new key");
    };
  }

  private Answer first(Exchange exchange, String principal, String key, UUID claim)
      throws IOException, InterruptedException {
    Answer answer;
    try {
      answer = exchange.route().handler().handle(exchange);
    } catch (StorageException e) {
      if (!e.mayHaveCommitted()) {
        release(principal, key, claim);
      }
      throw e;
    } catch (IOException | InterruptedException | RuntimeException e) {
      release(principal, key, claim);
      throw e;
    }
    if (answer.status() < 300) {
      keep(exchange, principal, key, claim, answer);
    } else {
      release(principal, key, claim);
    }
    return answer;
  }

  /// What was done is answered, even when the answer cannot be kept for later.
  private void keep(Exchange exchange, String principal, String key, UUID claim, Answer answer) {
    String fingerprint = fingerprint(exchange);
    String kept = serialized(answer);
    try {
      boolean held = idempotency.complete(principal, key, claim, fingerprint, kept);
      if (!held) {
        LOG.warn("the answer of {} took so long that its claim was taken over", exchange.path());
      }
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("the answer of {} could not be kept: {}", exchange.path(), e.getMessage());
    }
  }

  private void release(String principal, String key, UUID claim) {
    try {
      idempotency.release(principal, key, claim);
    } catch (RuntimeException e) {
      // It is given up by itself after a while.
      LOG.atLevel(StorageException.levelOf(e))
          .log("an idempotency key could not be released: {}", e.getMessage());
    }
  }

  private Answer again(Exchange exchange, Claim.Answered answered)
      throws IOException, InterruptedException {
    Answer answer = deserialized(answered.answer());
    if (exchange.route().body().kind() == Body.Kind.STREAM) {
      exchange.repetition(new Repetition.Again(answered.fingerprint(), answer));
      return exchange.route().handler().handle(exchange);
    }
    requireSame(answered.fingerprint(), fingerprint(exchange));
    return answer;
  }

  /// @throws ProblemException INVALID when the key was used for another request
  static void requireSame(String fingerprint, String other) {
    if (!fingerprint.equals(other)) {
      throw ProblemException.invalid(
          null, "the " + HEADER + " was used for another request; use a new key for this one");
    }
  }

  private static String fingerprint(Exchange exchange) {
    String told = exchange.fingerprint();
    if (told != null) {
      return told;
    }
    if (exchange.route().body().kind() == Body.Kind.STREAM) {
      throw new IllegalStateException(
          exchange.route().operation() + " takes a stream and must tell its fingerprint");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (exchange.route().method() + " " + exchange.path() + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(exchange.bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String serialized(Answer answer) {
    Kept kept =
        switch (answer.content()) {
          case Answer.Nothing _ -> new Kept(answer.status(), answer.headers(), "", "");
          case Answer.Json value ->
              new Kept(
                  answer.status(), answer.headers(), Sender.JSON, text(json.write(value.value())));
          case Answer.Bytes bytes ->
              new Kept(answer.status(), answer.headers(), bytes.type(), text(bytes.bytes()));
          case Answer.Stream _ ->
              throw new IllegalStateException("a streamed answer cannot be kept and replayed");
        };
    return text(json.write(kept));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Answer deserialized(String stored) {
    Kept kept = json.read(stored.getBytes(StandardCharsets.UTF_8), Kept.class);
    Answer.Content content =
        kept.type().isEmpty()
            ? new Answer.Nothing()
            : new Answer.Bytes(kept.type(), kept.body().getBytes(StandardCharsets.UTF_8));
    return new Answer(kept.status(), kept.headers(), content).with("Idempotency-Replayed", "true");
  }
}
