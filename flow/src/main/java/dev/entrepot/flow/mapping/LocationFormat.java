package dev.entrepot.flow.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a place in a warehouse is written, told by an example: where the example has a letter there
/// is a capital letter, where it has a digit there is a digit, all else is as it stands.
///
/// @param from an example of the source's, such as `A-01-05`
/// @param to how that one is sent, such as `A0105`; it has the parts of `from` in their order
public record LocationFormat(String from, String to) {
  /// The usual one.
  public static final LocationFormat STANDARD = new LocationFormat("A-01-05", "A0105");

  /// @param starts where in the text each part begins
  private record Parts(List<Integer> starts, List<String> texts) {}

  /// @throws IllegalArgumentException when `to` does not have the parts of `from`
  public LocationFormat {
    int at = 0;
    List<String> texts = parts(from).texts();
    for (String part : texts) {
      int found = to.indexOf(part, at);
      if (found < 0) {
        throw new IllegalArgumentException(
            "\"%s\" does not have the part \"%s\" of \"%s\" in its order"
                .formatted(to, part, from));
      }
      at = found + part.length();
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("\"" + from + "\" has neither letters nor digits");
    }
  }

  /// A place as it is sent; nothing when it is not written like the example.
  public Optional<String> convert(String text) {
    if (!fits(text)) {
      return Optional.empty();
    }
    Parts parts = parts(from);
    var sent = new StringBuilder();
    int at = 0;
    for (int part = 0; part < parts.texts().size(); part++) {
      String example = parts.texts().get(part);
      int start = parts.starts().get(part);
      int found = to.indexOf(example, at);
      sent.append(to, at, found).append(text, start, start + example.length());
      at = found + example.length();
    }
    return Optional.of(sent.append(to, at, to.length()).toString());
  }

  private boolean fits(String text) {
    if (text.length() != from.length()) {
      return false;
    }
    for (int at = 0; at < from.length(); at++) {
      int kind = kind(from.charAt(at));
      char found = text.charAt(at);
      if (kind == 0 ? found != from.charAt(at) : kind != kind(found) || isSmall(found)) {
        return false;
      }
    }
    return true;
  }

  private static Parts parts(String example) {
    List<Integer> starts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (at < example.length()) {
      int kind = kind(example.charAt(at));
      int end = at + 1;
      while (end < example.length() && kind(example.charAt(end)) == kind) {
        end++;
      }
      if (kind != 0) {
        starts.add(at);
        texts.add(example.substring(at, end));
      }
      at = end;
    }
    return new Parts(starts, texts);
  }

  private static int kind(char one) {
    if ((one >= 'A' && one <= 'Z') || isSmall(one)) {
      return 1;
    }
    return one >= '0' && one <= '9' ? 2 : 0;
  }

  private static boolean isSmall(char one) {
    return one >= 'a' && one <= 'z';
  }
}
