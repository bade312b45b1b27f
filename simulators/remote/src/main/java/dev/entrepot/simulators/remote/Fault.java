package dev.entrepot.simulators.remote;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A harm, and the calls it is done to. Calls are counted from when it is armed; those that are
/// refused for their credentials, route or limit are not counted (contract). Reads as a sentence:
/// `Fault.cutAfter().on("POST", "/products/bulk").from(3).times(2)`.
///
/// @param method `*`: any
/// @param path `*` stands for any characters, in any place
/// @param tenant null: any
/// @param containing a text that the call's body contains; null: any body
/// @param from the first call that it is done to, from 1
/// @param every to each call of so many: 1 = all, 2 = each second from `from` on
/// @param times to how many calls it is done before it is spent
public record Fault(
    String method,
    String path,
    @Nullable String tenant,
    @Nullable String containing,
    int from,
    int every,
    int times,
    Harm harm) {

  public Fault {
    if (from < 1 || every < 1 || times < 1) {
      throw new IllegalArgumentException(
          "from, every and times are at least 1, not %d, %d, %d".formatted(from, every, times));
    }
  }

  /// Does it to every call, for ever.
  public static Fault of(Harm harm) {
    return new Fault("*", "*", null, null, 1, 1, Integer.MAX_VALUE, harm);
  }

  /// An error in the system's own shape, nothing carried out.
  public static Fault answer(int status) {
    return of(new Harm.Answer(status, null, Map.of()));
  }

  /// An error with `Retry-After`, nothing carried out.
  public static Fault answer(int status, Duration retryAfter) {
    var header = Map.of("Retry-After", Long.toString(retryAfter.toSeconds()));
    return of(new Harm.Answer(status, null, header));
  }

  public static Fault delay(Duration time) {
    return of(new Harm.Delay(time));
  }

  public static Fault cutBefore() {
    return of(new Harm.CutBefore());
  }

  public static Fault cutAfter() {
    return of(new Harm.CutAfter());
  }

  public static Fault answerAfter(int status) {
    return of(new Harm.AnswerAfter(status));
  }

  /// Ten minutes of silence after the call was carried out.
  public static Fault silentAfter() {
    return of(new Harm.SilentAfter(Duration.ofMinutes(10)));
  }

  public static Fault malformed() {
    return of(new Harm.Malformed());
  }

  public static Fault truncated() {
    return of(new Harm.Truncated());
  }

  public static Fault drip(Duration pause) {
    return of(new Harm.Drip(pause));
  }

  public static Fault loseResults(int count) {
    return of(new Harm.LoseResults(count));
  }

  public static Fault rejectItems(String field, String text) {
    return of(new Harm.RejectItems(field, text));
  }

  public Fault on(String theMethod, String thePath) {
    return new Fault(theMethod, thePath, tenant, containing, from, every, times, harm);
  }

  public Fault tenant(String theTenant) {
    return new Fault(method, path, theTenant, containing, from, every, times, harm);
  }

  public Fault containing(String text) {
    return new Fault(method, path, tenant, text, from, every, times, harm);
  }

  public Fault from(int call) {
    return new Fault(method, path, tenant, containing, call, every, times, harm);
  }

  public Fault every(int calls) {
    return new Fault(method, path, tenant, containing, from, calls, times, harm);
  }

  public Fault times(int calls) {
    return new Fault(method, path, tenant, containing, from, every, calls, harm);
  }

  boolean about(Call call) {
    return (method.equals("*") || method.equals(call.method()))
        && (tenant == null || tenant.equals(call.tenant()))
        && (path.equals("*") || fits(call.path()))
        && (containing == null || call.text().contains(containing));
  }

  private boolean fits(String actual) {
    var pattern =
        Stream.of(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return actual.matches(pattern);
  }
}
