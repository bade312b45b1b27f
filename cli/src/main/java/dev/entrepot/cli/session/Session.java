package dev.entrepot.cli.session;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.LocalServer;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.api.ServerFile;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What one command has at hand. Not safe for use by many threads.
public final class Session {

  /// What a command does with a server.
  @FunctionalInterface
  public interface Work<T> {
    T with(Api api) throws IOException;
  }

  private final GlobalOptions options;
  private final Terminal terminal;
  private final LocalServer localServer;
  private final JsonMapper pretty =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Session(GlobalOptions options, Terminal terminal, LocalServer localServer) {
    this.options = options;
    this.terminal = terminal;
    this.localServer = localServer;
  }

  public GlobalOptions options() {
    return options;
  }

  public Terminal terminal() {
    return terminal;
  }

  /// Finds a server and works with it: the one named, else the one that runs on the data folder,
  /// else one started here and stopped afterwards.
  ///
  /// @throws CommandException when there is none to be had
  /// @throws ApiException when it refuses
  public <T> T ask(Work<T> work) {
    URI url = options.url();
    if (url != null) {
      return ask(url, requireKey(url), work);
    }
    Optional<ServerFile> running = running();
    if (running.isPresent()) {
      return ask(running.get().address(), running.get().apiKey(), work);
    }
    try (LocalServer.Running own = localServer.start(options.data())) {
      return ask(own.address(), own.apiKey(), work);
    }
  }

  /// Prints an answer as JSON, indented.
  public void printJson(JsonNode answer) {
    terminal.print(pretty.writeValueAsString(answer));
  }

  /// Prints an answer: as JSON, or each of its fields on a line, what is within one below it.
  public void printFields(JsonNode answer) {
    if (options.json()) {
      printJson(answer);
      return;
    }
    Fields.lines(answer, terminal.width()).forEach(terminal::print);
  }

  /// Prints what was done: the answer as JSON, or one line.
  public void printDone(JsonNode answer, String line) {
    if (options.json()) {
      printJson(answer);
    } else {
      terminal.print(line);
    }
  }

  /// Says that what was shown is not done. With JSON, what would be done is the answer.
  public void printUndone(JsonNode plan) {
    if (options.json()) {
      printJson(plan);
    }
    terminal.note("nothing was done; do it with --yes");
  }

  /// Prints a table, or when it is empty a hint.
  public void printTable(Table table, String whenEmpty) {
    if (table.isEmpty()) {
      terminal.note(whenEmpty);
    } else {
      table.print(terminal);
    }
  }

  /// The server that runs on the data folder, if one answers.
  public Optional<ServerFile> running() {
    try {
      return ServerFile.read(options.data()).filter(Session::answers);
    } catch (IOException e) {
      throw new CommandException(ExitCode.NO_ACCESS, reason(e), e);
    }
  }

  private static boolean answers(ServerFile file) {
    if (!file.processAlive()) {
      return false;
    }
    try (Api api = new Api(file.address(), file.apiKey())) {
      api.get(Query.of("/version"));
      return true;
    } catch (ApiException e) {
      return switch (e.kind()) {
        case UNREACHABLE, UNAUTHORISED, NOT_FOUND -> false;
        case CONFLICT, REFUSED, SERVER_FAILED -> true;
      };
    }
  }

  private <T> T ask(URI address, String key, Work<T> work) {
    try (Api api = new Api(address, key)) {
      return work.with(api);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, reason(e), e);
    }
  }

  private String requireKey(URI url) {
    if (url.getScheme() == null || !url.getScheme().matches("https?") || url.getHost() == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "\"" + url + "\" is no server's address; one looks like https://hub.example.com");
    }
    String key = options.apiKey();
    if (key == null) {
      throw new CommandException(
          ExitCode.USAGE,
          url
              + " needs an API key: give it in ENTREPOT_API_KEY or with --api-key; an admin makes"
              + " one with: entrepot apikey add");
    }
    return key;
  }

  private static String reason(IOException e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
