package dev.entrepot.console.server;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.session.ClientNetwork;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The way of a request: its route, its caller, its rights, its body, its handler. Every step may
/// end it with a [ProblemException].
final class Pipeline {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  /// What the steps need.
  ///
  /// @param links whether a request carries a valid signed link to its own path
  record Parts(
      Router router,
      Authenticator authenticator,
      Forgery forgery,
      Cookies cookies,
      TrustedProxies proxies,
      RateLimit perAddress,
      RateLimit perPrincipal,
      LinkCheck links,
      Replay replay,
      Json json,
      Connections connections) {}

  /// Whether a request carries a valid signed link to its own path.
  @FunctionalInterface
  interface LinkCheck {
    boolean valid(String path, Form query);
  }

  private static final long SMALL_BODY = 1 << 20;
  private static final int LARGE_BODIES_AT_A_TIME = 2;

  private final Parts parts;

  /// Large bodies that are held in memory at a time; the others wait unread.
  private final Semaphore largeBodies = new Semaphore(LARGE_BODIES_AT_A_TIME, true);

  Pipeline(Parts parts) {
    this.parts = parts;
  }

  /// What is found out on the way; kept for whoever tells a problem.
  static final class Progress {
    private Caller caller = new Caller.Nobody();
    private Optional<Route> route = Optional.empty();
    private Optional<RequestBody> body = Optional.empty();

    Caller caller() {
      return caller;
    }

    Optional<Route> route() {
      return route;
    }

    /// Whether bytes of the body are still to be read.
    boolean unread(ServerRequest request) {
      boolean has =
          request.headers().contains(HeaderNames.TRANSFER_ENCODING)
              || request.headers().contentLength().orElse(0) > 0;
      return has && !body.map(RequestBody::ended).orElse(false);
    }

    Optional<RequestBody> body() {
      return body;
    }
  }

  Answer answer(ServerRequest request, Progress progress) throws Exception {
    String address = address(request);
    parts.perAddress().take("address:" + ClientNetwork.of(address));
    Router.Match.Found found = route(request);
    progress.route = Optional.of(found.route());
    Caller caller = caller(request);
    progress.caller = caller;
    Optional<Principal> principal = Exchange.principalOf(caller);
    principal.ifPresent(known -> parts.perPrincipal().take(known.actor().reference()));
    RequestBody body = body(request, found.route());
    progress.body = Optional.of(body);
    Exchange exchange = new Exchange(request, found, caller, address, parts.json(), body);
    requireAccess(exchange, principal);
    requireBodyType(exchange);
    requireOwnSite(exchange);
    if (!large(request, found.route())) {
      return parts.replay().run(exchange);
    }
    body.within(parts.connections().patienceWithLargeBodies());
    largeBodies.acquire();
    try {
      return parts.replay().run(exchange);
    } finally {
      largeBodies.release();
    }
  }

  /// Whether the request's body will be held in memory and may be large.
  private static boolean large(ServerRequest request, Route route) {
    boolean held = route.body().kind() == Body.Kind.JSON && route.body().limit() > SMALL_BODY;
    return held && request.headers().contentLength().orElse(Long.MAX_VALUE) > SMALL_BODY;
  }

  String address(ServerRequest request) {
    List<String> forwarded =
        request.headers().contains(HeaderNames.X_FORWARDED_FOR)
            ? request.headers().values(HeaderNames.X_FORWARDED_FOR)
            : List.of();
    return parts.proxies().client(request.remotePeer().host(), forwarded);
  }

  private Router.Match.Found route(ServerRequest request) {
    String method = request.prologue().method().text();
    String path = request.path().rawPath();
    Router.Match match;
    try {
      match = parts.router().find(method.equals("HEAD") ? "GET" : method, path);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Kind.MALFORMED, "the path is not properly percent-encoded: " + e.getMessage());
    }
    return switch (match) {
      case Router.Match.Found found -> found;
      case Router.Match.Nothing _ ->
          throw ProblemException.notFound(
              "there is nothing at " + path + "; look at /api/v1/openapi.yaml for what there is");
      case Router.Match.OtherMethods others -> {
        String allowed =
            others.methods().stream().map(Enum::name).collect(Collectors.joining(", "));
        throw new ProblemException(
            Kind.METHOD_NOT_ALLOWED,
            path + " does not take " + method + "; it takes " + allowed,
            List.of(),
            List.of(new Answer.Header("Allow", allowed)));
      }
    };
  }

  private Caller caller(ServerRequest request) {
    List<String> cookies =
        request.headers().contains(HeaderNames.COOKIE)
            ? request.headers().all(HeaderNames.COOKIE, List::of)
            : List.of();
    return parts
        .authenticator()
        .caller(request.headers().first(HeaderNames.AUTHORIZATION), parts.cookies().read(cookies));
  }

  private RequestBody body(ServerRequest request, Route route) {
    long limit = route.body().limit();
    long announced = request.headers().contentLength().orElse(0);
    if (route.body().kind() != Body.Kind.NONE && announced > limit) {
      throw RequestBody.tooLarge(limit);
    }
    return new RequestBody(request, Math.max(limit, 0), parts.connections());
  }

  private void requireAccess(Exchange exchange, Optional<Principal> principal) {
    switch (exchange.route().access()) {
      case Access.Open _ -> {}
      case Access.Authenticated _ -> exchange.principal();
      case Access.Needs needs -> requirePermission(exchange, needs.permission());
      case Access.NeedsOrLink needs -> {
        if (!parts.links().valid(exchange.path(), exchange.query())) {
          boolean linked = exchange.query().value("signature").isPresent();
          if (linked && principal.isEmpty()) {
            throw new ProblemException(
                Kind.FORBIDDEN,
                "the link is no longer valid or not complete; sign in, or ask for a new one");
          }
          requirePermission(exchange, needs.permission());
        }
      }
    }
  }

  private static void requirePermission(Exchange exchange, Permission permission) {
    Principal principal = exchange.principal();
    if (!principal.may(permission)) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "the role "
              + principal.role().code()
              + " may not do that, but "
              + allowed(permission)
              + " may; ask an administrator");
    }
  }

  /// The roles that have a permission: `admin`, `admin and operator`, `admin, operator and viewer`.
  private static String allowed(Permission permission) {
    List<String> roles =
        Stream.of(Role.values()).filter(permission::allowedTo).map(Role::code).toList();
    int last = roles.size() - 1;
    return last == 0
        ? roles.getFirst()
        : String.join(", ", roles.subList(0, last)) + " and " + roles.get(last);
  }

  private static void requireBodyType(Exchange exchange) {
    String expected =
        switch (exchange.route().body().kind()) {
          case NONE, STREAM -> "";
          case JSON -> JSON;
          case FORM -> FORM;
        };
    // A body that says nothing of itself is taken for what the route takes.
    boolean right = exchange.mediaType().isEmpty() || exchange.mediaType().equals(expected);
    if (!expected.isEmpty() && !right) {
      throw new ProblemException(
          Kind.UNSUPPORTED_MEDIA_TYPE,
          "the Content-Type is \"" + exchange.mediaType() + "\"; send the body as " + expected);
    }
  }

  /// A cookie goes along with whatever makes a browser send a request, so a request that changes
  /// something must show that it comes from our own pages. An API key does not.
  private void requireOwnSite(Exchange exchange) {
    boolean program = exchange.caller() instanceof Caller.Program;
    if (exchange.route().method().safe() || program) {
      return;
    }
    parts
        .forgery()
        .requireSameOrigin(
            exchange.header("Origin"), exchange.header("Sec-Fetch-Site"), exchange.header("Host"));
    if (!(exchange.caller() instanceof Caller.Browser browser)) {
      return;
    }
    String expected = browser.session().csrfToken();
    Optional<String> header = exchange.header(Forgery.HEADER);
    Body.Kind kind = exchange.route().body().kind();
    if (header.isEmpty() && kind == Body.Kind.FORM) {
      Forgery.requireToken(expected, exchange.form().value(Forgery.FIELD));
    } else if (header.isEmpty()
        && kind == Body.Kind.STREAM
        && exchange.mediaType().equals(MULTIPART)) {
      exchange.expectTokenInBody(expected);
    } else {
      Forgery.requireToken(expected, header);
    }
  }
}
