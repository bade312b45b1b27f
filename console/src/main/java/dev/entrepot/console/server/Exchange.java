package dev.entrepot.console.server;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.session.Session;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One request, as its handler sees it. Used by the one thread that serves the request.
public final class Exchange {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final ServerRequest request;
  private final Route route;
  private final Map<String, String> variables;
  private final Caller caller;
  private final String address;
  private final Form query;
  private final Json json;
  private final RequestBody body;
  private byte @Nullable [] bytes;
  private @Nullable Form form;
  private @Nullable String tokenToCome;
  private Repetition repetition = new Repetition.First();
  private @Nullable String fingerprint;

  Exchange(
      ServerRequest request,
      Router.Match.Found found,
      Caller caller,
      String address,
      Json json,
      RequestBody body) {
    this.request = request;
    this.route = found.route();
    this.variables = found.variables();
    this.caller = caller;
    this.address = address;
    this.query = Form.parse(request.query().rawValue());
    this.json = json;
    this.body = body;
  }

  /// The route that was taken.
  public Route route() {
    return route;
  }

  /// The path of the request as it was sent.
  public String path() {
    return request.path().rawPath();
  }

  /// The value of a variable segment of the route's path, decoded.
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException(route.path() + " has no segment {" + name + "}");
    }
    return value;
  }

  /// A variable segment that is a UUID.
  ///
  /// @throws ProblemException NOT_FOUND when it is none: nothing has such a name
  public UUID uuid(String name) {
    String value = variable(name);
    try {
      UUID uuid = UUID.fromString(value);
      // The parser takes shortened forms; one thing must have one address.
      if (uuid.toString().equals(value.toLowerCase(Locale.ROOT))) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw ProblemException.notFound(
        "\""
            + value
            + "\" is not an id; ids are UUIDs such as 0198c0de-7aaa-7bbb-8ccc-1234567890ab");
  }

  /// A variable segment that is a number.
  ///
  /// @throws ProblemException NOT_FOUND when it is none: nothing has such a name
  public long number(String name) {
    try {
      return Long.parseLong(variable(name));
    } catch (NumberFormatException e) {
      throw ProblemException.notFound("\"" + variable(name) + "\" is not a number");
    }
  }

  /// The parameters of the query.
  public Form query() {
    return query;
  }

  /// The size of a page of a list, from the parameter `limit`.
  ///
  /// @throws ProblemException INVALID when it is not from 1 to 500
  public int pageSize() {
    return integer("limit", DEFAULT_PAGE, 1, LARGEST_PAGE);
  }

  /// A parameter of the query that is a whole number.
  ///
  /// @throws ProblemException INVALID when it is out of its bounds
  public int integer(String name, int otherwise, int least, int most) {
    Optional<String> text = query.text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw ProblemException.invalid(
        name,
        name
            + " is \""
            + text.get()
            + "\"; it must be a whole number from "
            + least
            + " to "
            + most);
  }

  /// A parameter of the query that is one of an enumeration's constants, in lower case.
  ///
  /// @throws ProblemException INVALID when it is none of them
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return query
        .text(name)
        .map(text -> {
          for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
              return constant;
            }
          }
          List<String> names =
              List.of(type.getEnumConstants()).stream()
                  .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                  .toList();
          throw ProblemException.invalid(
              name, name + " is \"" + text + "\"; it must be one of " + String.join(", ", names));
        });
  }

  /// A header of the request.
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /// The client's address; behind a trusted proxy, the address the proxy tells.
  public String address() {
    return address;
  }

  /// How the request proves for whom it is made.
  public Caller caller() {
    return caller;
  }

  /// For whom the request is made.
  ///
  /// @throws ProblemException UNAUTHENTICATED when it is for nobody
  public Principal principal() {
    return principalOf(caller)
        .orElseThrow(() ->
            Authenticator.unauthenticated(
                "nobody is signed in; sign in, or send an API key as \"Authorization: Bearer"
                    + " ek_…\""));
  }

  /// The browser's session.
  ///
  /// @throws ProblemException FORBIDDEN when the request is not made by a signed-in browser
  public Session session() {
    return browser().session();
  }

  /// The signed-in person and session.
  ///
  /// @throws ProblemException FORBIDDEN when the request is not made by a signed-in browser
  public Caller.Browser browser() {
    if (caller instanceof Caller.Browser browser) {
      return browser;
    }
    throw new ProblemException(
        Kind.FORBIDDEN, "only a person who is signed in with a browser can do that");
  }

  /// The body, read as JSON.
  ///
  /// @throws ProblemException when it is not JSON or does not fit
  public <T> T json(Class<T> type) {
    return json.read(bytes(), type);
  }

  /// The body, read as a form.
  public Form form() {
    if (form == null) {
      form = Form.parse(new String(bytes(), StandardCharsets.UTF_8));
    }
    return form;
  }

  /// The media type of the body, in lower case and without parameters; empty when there is none.
  public String mediaType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /// The body as it comes in, to be read once.
  ///
  /// @throws ProblemException FORBIDDEN when its sender still has to show the session's token in a
  ///   field of the multipart body
  public InputStream stream() {
    if (tokenToCome != null) {
      Forgery.requireToken(tokenToCome, Optional.empty());
    }
    return body;
  }

  /// The body as `multipart/form-data`, to be read once.
  public Multipart multipart() throws IOException {
    return new Multipart(header("Content-Type").orElse(""), body, tokenToCome);
  }

  /// What the `Idempotency-Key` says; only for routes that take a stream.
  public Repetition repetition() {
    return repetition;
  }

  /// Tells what makes the request the same as another; only for routes that take a stream.
  public void fingerprint(String digest) {
    this.fingerprint = digest;
  }

  @Nullable String fingerprint() {
    return fingerprint;
  }

  void repetition(Repetition known) {
    this.repetition = known;
  }

  void expectTokenInBody(String token) {
    this.tokenToCome = token;
  }

  byte[] bytes() {
    if (bytes == null) {
      try {
        bytes = body.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  static Optional<Principal> principalOf(Caller caller) {
    return switch (caller) {
      case Caller.Nobody _ -> Optional.empty();
      case Caller.Browser browser -> Optional.of(browser.account().principal());
      case Caller.Program program -> Optional.of(program.principal());
    };
  }
}
