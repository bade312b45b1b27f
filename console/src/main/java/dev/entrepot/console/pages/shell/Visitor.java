package dev.entrepot.console.pages.shell;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.server.Caller;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemPages;
import java.util.Optional;
import java.util.function.Function;

/// Who looks at a page, and what their browser sends along.
///
/// @param header gives a header of the request by name
public record Visitor(String path, Caller caller, Function<String, Optional<String>> header) {

  /// The visitor behind a request.
  public static Visitor of(Exchange exchange) {
    return new Visitor(exchange.path(), exchange.caller(), exchange::header);
  }

  /// The visitor whose request failed.
  public static Visitor of(ProblemPages.Visit visit) {
    return new Visitor(visit.path(), visit.caller(), visit.header());
  }

  /// Who it is, when somebody is signed in.
  Optional<Principal> principal() {
    return switch (caller) {
      case Caller.Nobody _ -> Optional.empty();
      case Caller.Browser browser -> Optional.of(browser.account().principal());
      case Caller.Program program -> Optional.of(program.principal());
    };
  }

  /// The value of a cookie.
  Optional<String> cookie(String name) {
    return header
        .apply("Cookie")
        .flatMap(cookies -> {
          for (String cookie : cookies.split(";", -1)) {
            String[] pair = cookie.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(name)) {
              return Optional.of(pair[1]);
            }
          }
          return Optional.empty();
        });
  }
}
