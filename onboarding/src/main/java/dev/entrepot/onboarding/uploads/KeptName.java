package dev.entrepot.onboarding.uploads;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// Names under which files are kept once they were taken from the watched folder: what the file was
/// called, behind a prefix. A name that would be too long for a file system, or that this system
/// cannot spell, is shortened or spelled in ASCII, with a mark that keeps different names apart.
final class KeptName {
  /// File systems allow 255 bytes; the rest is for the `.txt` of the note beside a refused file.
  private static final int MOST_BYTES = 250;

  private static final int LONGEST_ENDING = 16;

  private KeptName() {}

  static String of(String prefix, String fileName) {
    String whole = prefix + "-" + fileName;
    String spelled = spelled(whole);
    if (spelled.equals(whole) && bytes(whole) <= MOST_BYTES) {
      return whole;
    }
    int dot = spelled.lastIndexOf('.');
    String tail = dot < 0 ? "" : spelled.substring(dot);
    String ending = bytes(tail) > LONGEST_ENDING ? "" : tail;
    String mark = String.format(Locale.ROOT, "~%08x", fileName.hashCode()) + ending;
    String stem = spelled.substring(0, spelled.length() - ending.length());
    return cut(stem, MOST_BYTES - bytes(mark)) + mark;
  }

  private static String spelled(String name) {
    try {
      return Path.of(name).toString();
    } catch (InvalidPathException e) {
      return name.replaceAll("[^ -~]", "_");
    }
  }

  private static String cut(String text, int mostBytes) {
    int end = 0;
    for (int bytes = 0; end < text.length(); ) {
      int character = text.codePointAt(end);
      bytes += bytes(Character.toString(character));
      if (bytes > mostBytes) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
