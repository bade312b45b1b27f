package dev.entrepot.console.api;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Multipart;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.server.Repetition;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes in a file: as the raw body, or as the file of a multipart body. It goes straight from the
/// wire to where it is kept.
final class UploadIntake {
  private static final int LONGEST_NAME = 255;

  private final Uploads uploads;
  private final Mappings mappings;

  /// A file and what is said of it.
  ///
  /// @param leastBytes how long the file is at least, as far as the request's head tells
  private record Sent(
      String vendor,
      String fileName,
      Upload.Source source,
      @Nullable String mapping,
      long leastBytes,
      InputStream bytes) {}

  UploadIntake(Uploads uploads, Mappings mappings) {
    this.uploads = uploads;
    this.mappings = mappings;
  }

  Answer submit(Exchange exchange) throws IOException {
    boolean multipart = exchange.mediaType().equals("multipart/form-data");
    Sent sent = multipart ? multipart(exchange) : raw(exchange);
    Sha256 digest =
        new Sha256()
            .text(sent.vendor())
            .text(sent.fileName())
            .text(sent.source().name())
            .text(sent.mapping() == null ? "" : sent.mapping());
    return switch (exchange.repetition()) {
      case Repetition.First _ -> first(exchange, sent, digest);
      case Repetition.Again again -> again(again, sent, digest);
    };
  }

  private Answer first(Exchange exchange, Sent sent, Sha256 digest) throws IOException {
    Uploads.Limits limits =
        exchange.principal().role() == Role.SUPPLIER
            ? Uploads.Limits.SUPPLIER
            : Uploads.Limits.OPERATOR;
    uploads.announce(sent.vendor(), limits, sent.leastBytes());
    Uploads.Submission submission =
        new Uploads.Submission(
            sent.vendor(), sent.fileName(), sent.source(), limits, mapping(exchange, sent));
    Uploads.Receipt receipt =
        uploads.submit(exchange.principal().actor(), submission, digest.through(sent.bytes()));
    exchange.fingerprint(digest.hex());
    return UploadAnswer.of(receipt);
  }

  private static Answer again(Repetition.Again again, Sent sent, Sha256 digest) throws IOException {
    digest.all(sent.bytes());
    return again.answerTo(digest.hex());
  }

  private @Nullable Mapping mapping(Exchange exchange, Sent sent) {
    String text = sent.mapping();
    if (text == null) {
      return null;
    }
    if (text.startsWith("{")) {
      return mappings.fromJson(text);
    }
    return uuid(text)
        .flatMap(mappings::find)
        .filter(stored -> exchange.principal().sees(stored.vendor()))
        .orElseThrow(() ->
            ProblemException.invalid(
                "mapping",
                "mapping is neither the id of a kept mapping nor a mapping as JSON; leave it out to"
                    + " have one chosen"))
        .mapping();
  }

  /// The body's length, or 0 when it is not told.
  private static long length(Exchange exchange) {
    return exchange.header("Content-Length").map(Long::parseLong).orElse(0L);
  }

  private static Sent raw(Exchange exchange) {
    return sent(exchange, name -> exchange.query().text(name), length(exchange), exchange.stream());
  }

  private static Sent multipart(Exchange exchange) throws IOException {
    Multipart body = exchange.multipart();
    Multipart.FilePart file =
        body.file()
            .orElseThrow(() ->
                ProblemException.invalid(
                    "file", "file is missing; send it as a part with a file name"));
    Function<String, Optional<String>> fields =
        name ->
            body.field(name)
                .or(() -> exchange.query().text(name))
                .or(() -> Optional.of(file.name()).filter(_ -> name.equals("file_name")));
    return sent(exchange, fields, length(exchange) - Multipart.MOST_AROUND_FILE, file.bytes());
  }

  private static Sent sent(
      Exchange exchange,
      Function<String, Optional<String>> fields,
      long leastBytes,
      InputStream bytes) {
    String vendor = Tenancy.vendorNamed(exchange, fields.apply("vendor").orElse(null));
    String fileName =
        fields
            .apply("file_name")
            .orElseThrow(() ->
                ProblemException.invalid(
                    "file_name", "file_name is missing; send the file's name as a parameter"));
    return new Sent(
        vendor,
        plain(fileName),
        source(fields.apply("source")),
        fields.apply("mapping").orElse(null),
        Math.max(0, leastBytes),
        bytes);
  }

  private static Upload.Source source(Optional<String> text) {
    return switch (text.orElse("api").toLowerCase(Locale.ROOT)) {
      case "api" -> Upload.Source.API;
      case "cli" -> Upload.Source.CLI;
      case "portal" -> Upload.Source.PORTAL;
      default ->
          throw ProblemException.invalid(
              "source", "source is \"" + text.orElse("") + "\"; it must be api, cli or portal");
    };
  }

  /// Without folders and without what does not belong into a name.
  private static String plain(String fileName) {
    int separator = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
    String name = fileName.substring(separator + 1).replaceAll("[\\p{Cntrl}]", "").strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new ProblemException(
          Kind.INVALID, "the file's name must have 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
