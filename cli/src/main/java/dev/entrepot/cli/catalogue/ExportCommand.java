package dev.entrepot.cli.catalogue;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.KnownVendor;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        write(target, out -> api.download(query, out));
        session.terminal().note("%,d bytes written to %s".formatted(Files.size(target), target));
      }
      return 0;
    });
  }

  private interface Writer {
    void to(OutputStream out) throws IOException;
  }

  /// A file is there whole or not at all.
  private static void write(Path target, Writer writer) throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = open(target, partial)) {
        writer.to(out);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static OutputStream open(Path target, Path partial) {
    try {
      return Files.newOutputStream(partial);
    } catch (NoSuchFileException e) {
      throw unwritable(target, "there is no folder " + target.toAbsolutePath().getParent(), e);
    } catch (AccessDeniedException e) {
      throw unwritable(
          target,
          "the folder " + target.toAbsolutePath().getParent() + " may not be written to",
          e);
    } catch (IOException e) {
      throw unwritable(target, String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandException unwritable(Path target, String reason, IOException cause) {
    return new CommandException(
        ExitCode.FAILED,
        target + " cannot be written: " + reason + "; give another with --to",
        cause);
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
