package dev.entrepot.kit.remote;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.spi.remote.ExchangeRecorder;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes exchanges of calls and their answers: no secrets, only the beginning of long bodies.
final class ExchangeKeeper {
  /// How many characters of a body are kept.
  static final int LONGEST_BODY = 16 << 10;

  private static final String HIDDEN = "***";
  private static final URI HIDDEN_ADDRESS = URI.create(HIDDEN);
  private static final int MOST_BYTES_OF_CHARACTER = 4;
  private static final Set<String> ALWAYS_HIDDEN =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private final SecretMask mask;
  private final Set<String> hiddenHeaders;
  private final ExchangeRecorder recorder;

  ExchangeKeeper(RemoteParty party, ExchangeRecorder recorder) {
    this.mask = party.mask();
    this.hiddenHeaders =
        party.auth().headers().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    this.recorder = recorder;
  }

  void keep(
      RemoteCall call,
      HttpRequest request,
      AnswerBody answer,
      Instant at,
      Duration took,
      @Nullable String problem) {
    boolean failed = problem != null || answer.status() / 100 != 2;
    boolean text = recorder.wantsText(call.purpose(), failed);
    recorder.record(
        new Exchange(
            at,
            call.purpose(),
            call.method(),
            address(call.uri()),
            answer.status(),
            took,
            text ? headers(request.headers()) : Map.of(),
            text && call.body() != null ? beginning(call.body()) : "",
            text ? headers(answer.headers()) : Map.of(),
            text ? beginning(answer.body()) : "",
            problem == null ? null : mask.hide(problem)));
  }

  /// A secret that is also a part of the address's form, such as its scheme, hides all of it.
  private URI address(URI uri) {
    try {
      return new URI(mask.hide(uri.toString()));
    } catch (URISyntaxException e) {
      return HIDDEN_ADDRESS;
    }
  }

  private Map<String, String> headers(HttpHeaders headers) {
    Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers
        .map()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean hidden = hiddenHeaders.contains(lower) || ALWAYS_HIDDEN.contains(lower);
          kept.put(name, hidden ? HIDDEN : mask.hide(String.join(", ", values)));
        });
    return kept;
  }

  private String beginning(Body body) {
    int most = (LONGEST_BODY + mask.longest()) * MOST_BYTES_OF_CHARACTER;
    byte[] bytes = body.bytes();
    return mask.hide(
        new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8), LONGEST_BODY);
  }
}
