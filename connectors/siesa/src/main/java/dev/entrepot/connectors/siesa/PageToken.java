package dev.entrepot.connectors.siesa;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which page comes next: opaque to all others, understood by every node.
///
/// @param page from 1
/// @param size of all pages of this reading
/// @param total how many rows there were when the page before was read; null: it was not said
record PageToken(int page, int size, @Nullable Long total) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}):([0-9]{1,4}):([0-9]{1,18}|-)");

  /// @throws IllegalArgumentException when it is none
  static PageToken of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no checkpoint of Siesa; start the run again");
    }
    String total = matcher.group(3);
    return new PageToken(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        total.equals("-") ? null : (Long) Long.parseLong(total));
  }

  String text() {
    return "%d:%d:%s".formatted(page, size, total == null ? "-" : total);
  }

  /// The token behind this page, after it was read.
  ///
  /// When there are fewer rows than before, those behind the ones that went have moved forward,
  /// some of them perhaps into pages that were read already: then it leads back to the first of
  /// these.
  ///
  /// @param rows how many the page had
  /// @param given how many a full page has
  /// @param now how many rows there are in all; null: it was not said
  /// @return null: there is none behind it
  @Nullable PageToken behind(int rows, int given, @Nullable Long now) {
    if (total != null && now != null && now < total && page > 1) {
      long back = Math.ceilDiv(total - now, given);
      return new PageToken((int) Math.max(1, page - back), given, now);
    }
    boolean more = now != null ? rows > 0 && (long) page * given < now : rows >= given;
    return more ? new PageToken(page + 1, given, now) : null;
  }
}
