package dev.entrepot.cli.catalogue;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.KnownVendor;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.TargetFile;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `entrepot export`.
@Command(
    name = "export",
    description = "Writes the catalogue's products, streamed, to a file or standard output.",
    footer = {
      "Examples:",
      "  entrepot export --to catalogue.csv",
      "  entrepot export --vendor NORDIC --to nordic.xlsx",
      "  entrepot export --format jsonl | jq -c .sku"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The file to write. Default: standard output")
  private @Nullable Path target;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, xlsx or jsonl. Default: as the file's name says, else csv")
  private @Nullable Format format;

  @Option(
      names = {"-v", "--vendor"},
      paramLabel = "CODE",
      description = "Only of this vendor.")
  private @Nullable String vendor;

  @Option(names = "--category", paramLabel = "CODE", description = "Only of this category.")
  private @Nullable String category;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only published, scheduled or archived ones.")
  private @Nullable String state;

  @Option(names = "--find", paramLabel = "TEXT", description = "Found in SKU, id or name.")
  private @Nullable String text;

  enum Format {
    CSV,
    XLSX,
    JSONL;

    String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Query query =
        Query.of("/products/export." + format().extension())
            .with("vendor", vendor)
            .with("category", category)
            .with("state", state)
            .with("q", text);
    return session.ask(api -> {
      KnownVendor.require(api, vendor);
      if (target == null) {
        api.download(query, session.terminal().out());
        session.terminal().out().flush();
      } else {
        TargetFile.write(target, out -> api.download(query, out));
        session
            .terminal()
            .note(
                String.format(Locale.ROOT, "%,d bytes written to %s", Files.size(target), target));
      }
      return 0;
    });
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    if (target == null) {
      return session.options().json() ? Format.JSONL : Format.CSV;
    }
    String name = target.getFileName().toString();
    for (Format candidate : Format.values()) {
      if (name.endsWith("." + candidate.extension())) {
        return candidate;
      }
    }
    throw new CommandException(
        ExitCode.USAGE,
        "\"" + target + "\" ends in none of .csv, .xlsx, .jsonl; say which with --format");
  }
}
