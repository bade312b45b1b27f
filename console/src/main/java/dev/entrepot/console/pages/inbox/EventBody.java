package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Line;
import dev.entrepot.console.view.Part;
import dev.entrepot.spi.event.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body of an event as lines of text: never anything a browser would act on.
final class EventBody {
  private static final int LONGEST = 256 << 10;
  private static final int MOST_LINES = 5_000;
  private static final int LONGEST_LINE = 2_000;
  private static final int BYTES_A_LINE = 32;
  private static final int MOST_BYTES = 8 << 10;
  private static final int DEEPEST = 20;
  private static final int LONGEST_LAID_OUT = 1 << 20;

  private EventBody() {}

  /// As it is, letter by letter; beside it, when it is JSON in one line, the same in many lines.
  static List<Part> parts(Body body) {
    if (body.size() == 0) {
      return List.of(new Part.Text("It is empty."));
    }
    if (body.size() > LONGEST) {
      return List.of(new Part.Text("It is too long to be shown here; download it."));
    }
    String text = text(body);
    if (text == null) {
      return List.of(new Part.Lines("Bytes, since it is not text", bytes(body.bytes()), true));
    }
    Part raw = new Part.Lines("As it is", lines(text, LONGEST), true);
    String laidOut = laidOut(text);
    return laidOut.equals(text)
        ? List.of(raw)
        : List.of(
            raw,
            new Part.Folded(
                "Laid out in lines",
                new Part.Lines("Laid out in lines", lines(laidOut, LONGEST_LINE))));
  }

  /// The same framed, with its length.
  ///
  /// @param note what it is, behind the length
  static Part.Panel panel(String id, String title, Body body, String note) {
    return new Part.Panel(
        id, title, Figures.bytes(body.size()) + note, List.of(), parts(body), false);
  }

  /// A document that we made, in lines.
  static Part document(String document) {
    return document.length() > LONGEST
        ? new Part.Text("It is too long to be shown here.")
        : new Part.Lines("Document", lines(laidOut(document), LONGEST_LINE));
  }

  /// Whether it can be edited as text without changing what is not meant to change.
  static boolean editable(Body body) {
    return body.size() <= LONGEST && text(body) != null;
  }

  /// Null when it is not UTF-8.
  private static @Nullable String text(Body body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// JSON in one line gets lines and nothing else: numbers, names and their order stay as they are.
  /// Everything else stays as it is.
  private static String laidOut(String text) {
    String stripped = text.strip();
    boolean json = stripped.startsWith("{") || stripped.startsWith("[");
    if (!json || stripped.indexOf('\n') >= 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < stripped.length() && out.length() < LONGEST_LAID_OUT; i++) {
      char c = stripped.charAt(i);
      if (quoted) {
        out.append(c);
        if (c == '\\' && i + 1 < stripped.length()) {
          out.append(stripped.charAt(++i));
        } else if (c == '"') {
          quoted = false;
        }
        continue;
      }
      switch (c) {
        case '{', '[' -> breakLine(out.append(c), ++depth);
        case '}', ']' -> breakLine(out, --depth).append(c);
        case ',' -> breakLine(out.append(c), depth);
        case ':' -> out.append(": ");
        case ' ', '\t', '\r' -> {}
        default -> {
          quoted = c == '"';
          out.append(c);
        }
      }
    }
    return out.length() < LONGEST_LAID_OUT ? out.toString() : text;
  }

  private static StringBuilder breakLine(StringBuilder out, int depth) {
    return out.append('\n').repeat("  ", Math.clamp(depth, 0, DEEPEST));
  }

  private static List<Line> lines(String text, int longest) {
    return Line.of(text).stream()
        .limit(MOST_LINES)
        .map(line ->
            line.text().length() <= longest
                ? line
                : new Line(
                    line.number(),
                    line.text().substring(0, longest) + "…",
                    Line.Mark.NONE,
                    "too long for here; download the body"))
        .toList();
  }

  private static List<Line> bytes(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    HexFormat format = HexFormat.ofDelimiter(" ");
    for (int from = 0; from < Math.min(bytes.length, MOST_BYTES); from += BYTES_A_LINE) {
      int to = Math.min(bytes.length, from + BYTES_A_LINE);
      text.append(format.formatHex(bytes, from, to)).append('\n');
    }
    return Line.of(text.toString());
  }
}
