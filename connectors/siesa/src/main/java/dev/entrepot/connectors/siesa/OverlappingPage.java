package dev.entrepot.connectors.siesa;

import dev.entrepot.connectors.siesa.SiesaDialect.Rows;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page of a Siesa of which nobody knows how many rows there are, or that lost some while it was
/// read. Each page begins with rows that the one before ended with, which takes about one call in
/// eight more: where these stand now tells whether rows went, or came, before them, and it goes on
/// behind them. When they are not there, they are looked for further in front; when they are
/// nowhere, it begins again.
///
/// A page that is not full is the last, but when everything is read, and at the very beginning, one
/// more has to be empty: some Siesas give smaller pages than they are asked for, and do not say so.
///
/// @param window which rows to ask for
/// @param limit how many rows a page has at most
/// @param edge how many rows are in front of the first unread one, as far as is known
/// @param anchors the last rows in front of it, the last one first; none: the window begins at the
///   edge, and nothing can be told
/// @param back whether the anchors are looked for further in front
/// @param doubts how often that had to be, beginning again counting for many
record OverlappingPage(
    Window window, int limit, long edge, List<Anchor> anchors, boolean back, int doubts)
    implements PageToken {
  private static final int ANCHORS = 8;
  private static final int MOST_DOUBTS = 50;
  private static final int RESTART = 20;

  // A first page with so many rows, or a multiple, may be as large as Siesa gives any.
  private static final int ROUND = 10;
  private static final Pattern FORM =
      Pattern.compile(
          "o:([0-9]{1,9}):([0-9]{1,4}):([0-9]{1,4}):([0-9]{1,18}):([bf]):([0-9]{1,3}):([0-9a-f.,]*)");

  OverlappingPage {
    anchors = List.copyOf(anchors);
  }

  static OverlappingPage first(int limit) {
    return first(limit, 0);
  }

  private static OverlappingPage first(int limit, int doubts) {
    return new OverlappingPage(new Window(1, limit), limit, 0, List.of(), false, doubts);
  }

  static Optional<OverlappingPage> read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new OverlappingPage(
            new Window(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))),
            Integer.parseInt(form.group(3)),
            Long.parseLong(form.group(4)),
            Stream.of(form.group(7).split(",", -1))
                .filter(anchor -> !anchor.isEmpty())
                .map(Anchor::read)
                .toList(),
            form.group(5).equals("b"),
            Integer.parseInt(form.group(6))));
  }

  @Override
  public String text() {
    return "o:%d:%d:%d:%d:%s:%d:%s"
        .formatted(
            window.page(),
            window.size(),
            limit,
            edge,
            back ? "b" : "f",
            doubts,
            anchors.stream().map(Anchor::text).collect(Collectors.joining(",")));
  }

  @Override
  public int page() {
    return window.page();
  }

  @Override
  public int size() {
    return window.size();
  }

  @Override
  public Taken take(Rows read, boolean all) throws MisreadException {
    int full = full(read);
    List<Fields> rows = read.rows();
    OptionalInt unread = unread(rows);
    if (unread.isEmpty()) {
      return new Taken(List.of(), further());
    }
    int from = unread.getAsInt();
    boolean more = rows.size() == full;
    if (more && from == rows.size() && !back) {
      throw new MisreadException(
          "page %d of %d rows gives nothing but rows that were given before; look at how it counts its pages"
              .formatted(page(), size()));
    }
    List<Fields> taken = rows.subList(from, rows.size());
    if (more) {
      return new Taken(taken, forward(rows, edge == 0 ? full : limit));
    }
    boolean doubtful = all || (edge == 0 && rows.size() % ROUND == 0);
    return new Taken(
        taken,
        doubtful && !taken.isEmpty() ? forward(rows, edge == 0 ? rows.size() : limit) : null);
  }

  private int full(Rows read) throws MisreadException {
    int full = read.given(size());
    if (full != size() && edge > 0) {
      throw new MisreadException(
          "it says that page %d has %d rows at most, and was asked for %d"
              .formatted(page(), full, size()));
    }
    if (read.rows().size() > full) {
      throw new MisreadException(
          "page %d holds %d rows, and %d at most were asked for"
              .formatted(page(), read.rows().size(), full));
    }
    return full;
  }

  /// The place of the first unread row in the page; nothing: it cannot be told.
  private OptionalInt unread(List<Fields> rows) {
    int expected = (int) (edge - window.start());
    if (anchors.isEmpty()) {
      return OptionalInt.of(Math.min(expected, rows.size()));
    }
    Anchor last = anchors.getFirst();
    int place = expected - last.distance();
    if (place >= 0 && place < rows.size() && last.is(rows.get(place))) {
      return OptionalInt.of(behindGhosts(rows, place + 1, expected));
    }
    for (Anchor anchor : anchors) {
      for (int i = 0; i < rows.size(); i++) {
        if (anchor.is(rows.get(i))) {
          return OptionalInt.of(i + 1);
        }
      }
    }
    return OptionalInt.empty();
  }

  private static int behindGhosts(List<Fields> rows, int from, int to) {
    int place = from;
    while (place < to && place < rows.size() && rows.get(place).blank()) {
      place++;
    }
    return place;
  }

  private PageToken further() throws MisreadException {
    int more = doubts + (back || window.start() == 0 ? RESTART : 1);
    if (more > MOST_DOUBTS) {
      throw new MisreadException(
          "its rows come and go, or change their order, faster than they can be read; start the run at a quieter time");
    }
    long last = edge - anchors.getFirst().distance();
    return back || window.start() == 0
        ? first(limit, more)
        : new OverlappingPage(Window.before(last, limit), limit, edge, anchors, true, more);
  }

  private PageToken forward(List<Fields> rows, int most) {
    long behind = window.start() + rows.size();
    List<Anchor> last = new ArrayList<>();
    for (int i = rows.size() - 1; i >= 0 && last.size() < ANCHORS; i--) {
      if (!rows.get(i).blank()) {
        last.add(Anchor.of(rows.size() - i, rows.get(i)));
      }
    }
    Optional<Window> next =
        last.isEmpty()
            ? Optional.empty()
            : Window.across(behind - last.getFirst().distance(), behind, most);
    return next.map(found -> new OverlappingPage(found, most, behind, last, false, doubts))
        .orElseGet(() ->
            new OverlappingPage(Window.from(behind, most), most, behind, List.of(), false, doubts));
  }
}
