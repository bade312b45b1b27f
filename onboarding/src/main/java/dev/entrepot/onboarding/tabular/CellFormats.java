package dev.entrepot.onboarding.tabular;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the number formats of a workbook make of a number: itself, or a date or time.
final class CellFormats {
  /// What a number stands for.
  enum Kind {
    NUMBER,
    DATE,
    TIME,
    ELAPSED
  }

  private static final int MAX_STYLES = 70_000;

  private Kind[] kinds = new Kind[0];

  private CellFormats() {}

  static CellFormats none() {
    return new CellFormats();
  }

  static CellFormats read(XmlPart xml) {
    CellFormats formats = new CellFormats();
    Map<Integer, Kind> custom = new HashMap<>();
    boolean cellStyles = false;
    int count = 0;
    Kind[] kinds = new Kind[64];
    while (xml.advance()) {
      if (xml.starts("numFmt") && custom.size() < MAX_STYLES) {
        String code = xml.attribute("formatCode");
        custom.put(number(xml.attribute("numFmtId")), kindOf(code == null ? "" : code));
      } else if (xml.starts("cellXfs")) {
        cellStyles = true;
      } else if (xml.ends("cellXfs")) {
        cellStyles = false;
      } else if (cellStyles && xml.starts("xf") && count < MAX_STYLES) {
        int id = number(xml.attribute("numFmtId"));
        if (count == kinds.length) {
          kinds = Arrays.copyOf(kinds, count * 2);
        }
        kinds[count++] = custom.getOrDefault(id, builtIn(id));
      }
    }
    formats.kinds = Arrays.copyOf(kinds, count);
    return formats;
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /// What the style of a cell, as written in its `s` attribute, makes of its number.
  Kind kind(@Nullable String style) {
    int index = style == null ? 0 : number(style);
    return index >= 0 && index < kinds.length ? kinds[index] : Kind.NUMBER;
  }

  /// ECMA-376 Part 1, 18.8.30, with the additions for East Asian languages.
  private static Kind builtIn(int id) {
    if (id == 46) {
      return Kind.ELAPSED;
    }
    boolean time = (id >= 18 && id <= 21) || id == 32 || id == 33 || id == 45 || id == 47;
    if (time || id == 55 || id == 56) {
      return Kind.TIME;
    }
    boolean date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36);
    return date || (id >= 50 && id <= 58) ? Kind.DATE : Kind.NUMBER;
  }

  /// What a format code makes of a number.
  static Kind kindOf(String code) {
    boolean date = false;
    boolean time = false;
    boolean month = false;
    for (int place = 0; place < code.length(); place++) {
      switch (code.charAt(place)) {
        case ';' -> place = code.length();
        case '"' -> place = closing(code, place, '"');
        case '\\', '_', '*' -> place++;
        case '[' -> {
          int end = closing(code, place, ']');
          if (isElapsed(code, place + 1, end)) {
            return Kind.ELAPSED;
          }
          place = end;
        }
        case 'd', 'D', 'y', 'Y' -> date = true;
        case 'h', 'H', 's', 'S' -> time = true;
        case 'm', 'M' -> month = true;
        default -> {
          // Digits, signs and separators of numbers.
        }
      }
    }
    if (date || (month && !time)) {
      return Kind.DATE;
    }
    return time ? Kind.TIME : Kind.NUMBER;
  }

  private static int closing(String code, int from, char closing) {
    int end = code.indexOf(closing, from + 1);
    return end < 0 ? code.length() : end;
  }

  private static boolean isElapsed(String code, int from, int to) {
    for (int place = from; place < to; place++) {
      if ("hHmMsS".indexOf(code.charAt(place)) < 0) {
        return false;
      }
    }
    return to > from;
  }
}
