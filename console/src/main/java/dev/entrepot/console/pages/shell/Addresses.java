package dev.entrepot.console.pages.shell;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Addresses of pages.
public final class Addresses {
  private static final String CURSOR = "cursor";

  private Addresses() {}

  /// A path with parameters; those without a value are left out.
  ///
  /// @param pairs names and values in turn
  public static String of(String path, @Nullable String... pairs) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      String value = pairs[i + 1];
      if (value != null && !value.isEmpty()) {
        parameters.put(String.valueOf(pairs[i]), value);
      }
    }
    return of(path, parameters);
  }

  /// A text as a segment of a path, or as a parameter's value.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Where a page of a list stands: the beginning of the list, and what follows.
  ///
  /// @param shown how many things are shown
  /// @param things what they are, for example `upload`
  /// @param next the cursor of the following page, or null
  public static Paging paging(Exchange exchange, int shown, String things, @Nullable String next) {
    return paging(exchange, shown, things, things + "s", next);
  }

  /// The same for a list that is shown at another address than its own.
  public static Paging paging(
      Exchange exchange, String path, int shown, String thing, @Nullable String next) {
    return paging(exchange, path, shown, thing, thing + "s", next);
  }

  /// The same for things whose plural is not made by an s.
  public static Paging paging(
      Exchange exchange, int shown, String thing, String things, @Nullable String next) {
    return paging(exchange, exchange.path(), shown, thing, things, next);
  }

  private static Paging paging(
      Exchange exchange,
      String path,
      int shown,
      String thing,
      String things,
      @Nullable String next) {
    Map<String, String> parameters = parameters(exchange.query());
    boolean first = parameters.remove(CURSOR) == null;
    String start = of(path, parameters);
    String following = null;
    if (next != null) {
      parameters.put(CURSOR, next);
      following = of(path, parameters);
    }
    String summary =
        Words.count(shown, thing, things) + (first && next == null ? "" : " on this page");
    return new Paging(summary, first ? null : start, following);
  }

  /// The page that was asked for, with all its parameters.
  public static String here(Exchange exchange) {
    return of(exchange.path(), parameters(exchange.query()));
  }

  /// The cursor a page of a list was asked for with.
  public static @Nullable String cursor(Exchange exchange) {
    return exchange.query().text(CURSOR).orElse(null);
  }

  private static Map<String, String> parameters(Form query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : query.names()) {
      query.text(name).ifPresent(value -> parameters.put(name, value));
    }
    return parameters;
  }

  private static String of(String path, Map<String, String> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
    return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
  }
}
