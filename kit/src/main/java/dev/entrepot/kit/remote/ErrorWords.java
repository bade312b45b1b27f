package dev.entrepot.kit.remote;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.record.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a system says is wrong, in the forms in which most say it: `{error: {code, message}}`,
/// `{error: "…"}`, `{errors: [{…}]}`, `{code, message}`, problem details (RFC 9457), or plain text.
///
/// @param code in upper case; empty: it gave none
/// @param message its own words, for people; empty: it gave none
public record ErrorWords(String code, String message) {
  private static final List<String> CODES = List.of("code", "codigo", "type");
  private static final List<String> MESSAGES =
      List.of("message", "mensaje", "detail", "detalle", "title", "error", "reason");
  private static final int MOST_BYTES = 1_024;
  private static final int LARGEST = 64 << 10;

  /// Of an answer's body.
  public static ErrorWords of(Body body) {
    if (body.size() == 0) {
      return new ErrorWords("", "");
    }
    try {
      return body.size() > LARGEST ? plain(body) : of(FieldsJson.read(body));
    } catch (EventException e) {
      return plain(body);
    }
  }

  /// Of an object that holds it, such as one result of a bulk call.
  public static ErrorWords of(Fields fields) {
    Optional<Fields> inner = fields.fields("error").or(() -> first(fields));
    Fields error = inner.orElse(fields);
    return new ErrorWords(
        find(error, CODES).toUpperCase(Locale.ROOT), Names.words(find(error, MESSAGES)));
  }

  private static Optional<Fields> first(Fields fields) {
    List<Fields> errors = FieldsLists.objects(fields, "errors");
    return errors == null || errors.isEmpty() ? Optional.empty() : Optional.of(errors.getFirst());
  }

  private static String find(Fields fields, List<String> names) {
    return names.stream()
        .flatMap(name -> fields.text(name).stream())
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("");
  }

  private static ErrorWords plain(Body body) {
    String text =
        new String(body.bytes(), 0, Math.min(body.size(), MOST_BYTES), StandardCharsets.UTF_8);
    return new ErrorWords("", Names.words(text.replaceAll("(?s)<[^>]*>", " ")));
  }
}
