package dev.entrepot.connectors.siesa;

import dev.entrepot.spi.record.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A page of a Siesa that says how many rows there are. Pages stand side by side, so that there are
/// as few as can be, and the total tells what happens between two of them:
///
/// - A page that holds fewer rows than it must by the total is an error.
/// - When the total falls, the rows behind those that went have moved forward, some perhaps into
///   pages that were read already: it is read again from there.
/// - Rows that went while as many came leave the total as it was. Those that came are at the end,
///   and were changed after the reading began. When there are more such than the total grew by,
///   everything is read once more, by pages that overlap.
///
/// @param page from 1
/// @param total how many rows there were when the page before was read; null: nobody has said yet
/// @param grown by how much the total grew in all
/// @param fresh how many rows at the end of what was read were changed since it began; of a reading
///   of changes: how many in all
/// @param begun when the reading began
record CountedPage(int page, int size, @Nullable Long total, long grown, long fresh, Instant begun)
    implements PageToken {
  private static final Pattern FORM =
      Pattern.compile(
          "c:([0-9]{1,9}):([0-9]{1,4}):([0-9]{1,18}|-):([0-9]{1,18}):([0-9]{1,18}):([0-9]{1,12})");

  // By how much Siesa's clock may be behind ours.
  private static final Duration SKEW = Duration.ofMinutes(1);

  static CountedPage first(int size, Instant now) {
    return new CountedPage(1, size, null, 0, 0, Instant.ofEpochSecond(now.getEpochSecond()));
  }

  static Optional<CountedPage> read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String total = form.group(3);
    return Optional.of(
        new CountedPage(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            total.equals("-") ? null : (Long) Long.parseLong(total),
            Long.parseLong(form.group(4)),
            Long.parseLong(form.group(5)),
            Instant.ofEpochSecond(Long.parseLong(form.group(6)))));
  }

  @Override
  public String text() {
    return "c:%d:%d:%s:%d:%d:%d"
        .formatted(page, size, total == null ? "-" : total, grown, fresh, begun.getEpochSecond());
  }

  @Override
  public Taken take(SiesaDialect.Rows read, boolean all) throws MisreadException {
    Long now = read.total();
    if (now == null) {
      OverlappingPage uncounted = OverlappingPage.first(size);
      return page == 1 ? uncounted.take(read, all) : new Taken(read.rows(), uncounted);
    }
    int given = given(read, now);
    return new Taken(read.rows(), behind(read.rows(), given, now, all));
  }

  /// How many rows a full page has.
  private int given(SiesaDialect.Rows read, long now) throws MisreadException {
    int rows = read.rows().size();
    int given = read.given(size);
    if (given != size && page > 1) {
      throw new MisreadException(
          "it says that page %d has %d rows at most, and gave %d on those before"
              .formatted(page, given, size));
    }
    if (rows > given) {
      throw new MisreadException(
          "page %d holds %d rows, and %d at most were asked for".formatted(page, rows, given));
    }
    long due = due(given, now);
    if (rows >= due) {
      return given;
    }
    if (page == 1 && rows > 0 && read.told() == null) {
      // It gives fewer than it is asked for, and does not say so.
      return rows;
    }
    throw new MisreadException(
        "page %d holds %d rows and should hold %d: it says itself that there are %d in all, %d on a page"
            .formatted(page, rows, due, now, given));
  }

  private long due(int given, long now) {
    return Math.clamp(now - (page - 1L) * given, 0, given);
  }

  private @Nullable PageToken behind(List<Fields> rows, int given, long now, boolean all) {
    long newest = fresh(rows, all);
    if (total != null && now < total && page > 1) {
      long back = Math.ceilDiv(total - now, given);
      return new CountedPage((int) Math.max(1, page - back), given, now, grown, newest, begun);
    }
    long growth = grown + (total == null ? 0 : Math.max(0, now - total));
    boolean beyond = rows.size() == given && rows.size() > due(given, now);
    if ((long) page * given < now || beyond) {
      return new CountedPage(page + 1, given, now, growth, newest, begun);
    }
    return page > 1 && newest > growth ? OverlappingPage.first(given) : null;
  }

  private long fresh(List<Fields> rows, boolean all) {
    List<Fields> products = rows.stream().filter(row -> !row.blank()).toList();
    if (!all) {
      return fresh + products.stream().filter(this::isFresh).count();
    }
    long atEnd = products.reversed().stream().takeWhile(this::isFresh).count();
    return atEnd == products.size() ? fresh + atEnd : atEnd;
  }

  private boolean isFresh(Fields row) {
    try {
      return row.text(SiesaFactory.CHANGED)
          .map(at -> OffsetDateTime.parse(at).toInstant())
          .filter(at -> !at.isBefore(begun.minus(SKEW)))
          .isPresent();
    } catch (DateTimeException e) {
      // It does not say when: that the total stands still is all there is to go by.
      return false;
    }
  }
}
