package dev.entrepot.app.demo;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.serve.StartException;
import dev.entrepot.app.serve.Stop;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ServerFile;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import dev.entrepot.cli.terminal.Terminal;
import dev.entrepot.cli.uploads.UploadReport;
import dev.entrepot.cli.uploads.UploadRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `entrepot demo`.
@Command(
    name = "demo",
    description = {
      "Starts Entrepot with a demo world of its own: vendors, categories, sign-ins, files with"
          + " mistakes, shops that send events, companies with an ERP.",
      "Uploads some of the files, lets the shops send events while the database is killed, syncs"
          + " ten companies, then the console stays up until Ctrl-C. Everything is kept in the folder"
          + " demo of the data folder, apart from other data."
    },
    footer = {"Examples:", "  entrepot demo", "  entrepot demo --fresh --port 9000"})
public final class DemoCommand implements Callable<Integer> {
  private static final String WATCHED = "drop-here";

  private final Session session;
  private final SettingsReader reader;
  private final Clock clock;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port of the console; a free one when it is taken. Default: 8080")
  private int port;

  @Option(names = "--fresh", description = "Forgets what was done in the demo before.")
  private boolean fresh;

  @Option(names = "--exit", description = "Ends after the uploads instead of staying up.")
  private boolean exit;

  public DemoCommand(Session session, SettingsReader reader, Clock clock) {
    this.session = session;
    this.reader = reader;
    this.clock = clock;
  }

  private Path folder() {
    return session.options().data().resolve("demo");
  }

  @Override
  public Integer call() {
    try {
      Optional<ServerFile> running = ServerFile.read(folder()).filter(ServerFile::processAlive);
      if (running.isPresent() && answers(running.get())) {
        return alreadyRuns(running.get());
      }
      if (fresh) {
        deleteAll(folder());
      }
      return run();
    } catch (StartException | SettingsException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, folder() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private int run() throws IOException {
    Terminal terminal = session.terminal();
    terminal.note("starting Entrepot and its PostgreSQL in " + folder());
    try (Program program =
        Program.start(reader.read(folder(), flags()), clock, DemoWorld.welcome())) {
      program.announce();
      try (Api api = new Api(program.address(), program.localKey());
          DemoSenders senders = new DemoSenders(api, program.address(), clock);
          DemoErp erp = new DemoErp()) {
        new DemoWorld(api).furnish();
        uploadFiles(api);
        new InboxShow(api, senders, folder(), clock, terminal).play();
        SyncShow sync = new SyncShow(program.flows(), erp, clock, terminal);
        sync.play();
        watchFor(DemoWorld.NORDIC);
        welcome(program.address());
        sync.spare();
        if (exit) {
          new FirstVisit(program.address()).pay();
        } else {
          senders.goOn();
          erp.goOn();
          Stop.whenTold(program).await();
        }
      }
      return ExitCode.OK.code();
    }
  }

  /// The folder that the welcome names.
  private void watchFor(String vendor) {
    try {
      Files.createDirectories(folder().resolve(WATCHED).resolve(vendor));
    } catch (IOException e) {
      throw new UncheckedIOException("a watched folder cannot be made", e);
    }
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    // Known passwords must not be reachable from elsewhere, and no mail must leave.
    flags.put(Setting.HOST, "127.0.0.1");
    flags.put(Setting.PUBLIC_URL, "");
    flags.put(Setting.DATABASE_URL, "");
    flags.put(Setting.SMTP_HOST, "");
    flags.put(Setting.WATCHED_FOLDER, folder().resolve(WATCHED).toString());
    flags.put(Setting.CURRENCY, "USD");
    flags.put(Setting.PORT, Integer.toString(isFree(port) ? port : 0));
    return flags;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      // Taken: the demo goes elsewhere.
      return false;
    }
  }

  private void uploadFiles(Api api) throws IOException {
    DemoFiles files = new DemoFiles(folder().resolve("files"));
    files.write();
    UploadRun run = new UploadRun(api, session.terminal());
    upload(run, files.file(DemoFiles.SPRING), DemoWorld.NORDIC);
    upload(run, files.file(DemoFiles.PRICE_LIST), DemoWorld.LUMEN);
    upload(run, files.file(DemoFiles.SHOPIFY), DemoWorld.VERDE);
  }

  private void upload(UploadRun run, Path file, String vendor) throws IOException {
    JsonNode verdict = run.sendAndAwait(file, vendor);
    session.terminal().print("");
    new UploadReport(verdict).lines().forEach(session.terminal()::print);
  }

  private int alreadyRuns(ServerFile running) {
    if (fresh) {
      throw new CommandException(
          ExitCode.FAILED,
          "the demo runs (process "
              + running.process()
              + "); stop it before starting afresh: kill "
              + running.process());
    }
    session.terminal().print("the demo runs already, as process " + running.process());
    welcome(running.address());
    return ExitCode.OK.code();
  }

  private static boolean answers(ServerFile running) {
    try (Api api = new Api(running.address(), running.apiKey())) {
      api.get(dev.entrepot.cli.api.Query.of("/version"));
      return true;
    } catch (dev.entrepot.cli.api.ApiException e) {
      // Left behind by a demo that was killed.
      return false;
    }
  }

  private void welcome(URI address) {
    Terminal terminal = session.terminal();
    Table people = new Table(Column.text("SIGN IN AS"), Column.text("ROLE"), Column.text("SEES"));
    for (DemoWorld.SignIn signIn : DemoWorld.SIGN_INS) {
      people.row(signIn.email(), signIn.role(), signIn.sees());
    }
    terminal.print("");
    terminal.print("Console   " + address);
    terminal.print("Password  " + DemoWorld.PASSWORD + "   (the same for all)");
    terminal.print("");
    people.print(terminal);
    terminal.print("");
    Path files = folder().resolve("files");
    terminal.print("To try: drop one of these on the page, or upload it from here:");
    for (String[] trial :
        List.of(
            new String[] {DemoFiles.SUMMER, DemoWorld.NORDIC},
            new String[] {DemoFiles.WORKBOOK, DemoWorld.COPPER})) {
      terminal.print(
          "  ./entrepot --data %s upload %s --vendor %s"
              .formatted(shown(folder()), shown(files.resolve(trial[0])), trial[1]));
    }
    terminal.print(
        "or put it into "
            + shown(folder().resolve(WATCHED).resolve(DemoWorld.NORDIC))
            + "/, which is watched while the demo runs.");
    terminal.print("");
    terminal.print(
        exit
            ? "What the shops sent is under Inbox."
            : "The shops go on sending: see Inbox, or run ./entrepot --data "
                + shown(folder())
                + " tail");
    if (!exit) {
      terminal.print("Ctrl-C stops it; what was done is kept (--fresh forgets it).");
    }
  }

  /// Relative to where the command was typed, when that is shorter.
  private static Path shown(Path path) {
    Path relative = Path.of("").toAbsolutePath().relativize(path);
    return relative.startsWith("..") ? path : relative;
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
