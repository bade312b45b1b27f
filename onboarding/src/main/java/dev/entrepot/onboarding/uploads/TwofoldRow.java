package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.DecimalText;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.reports.ErrorReport;
import dev.entrepot.onboarding.reports.Resent;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One row of an error file, in which some values stand twice. An edit in the report's own column
/// goes into the file's column, unless the file's column was edited, too, and says something else,
/// or does not give the value as it stands.
final class TwofoldRow {
  private static final Pattern POINT = Pattern.compile("-?[0-9]+\\.[0-9]{1,2}");

  /// Three digits behind a sign may be thousands, and as many decimals are refused: such texts are
  /// one value only when they are the same.
  private static final Pattern AMBIGUOUS = Pattern.compile(".*[.,][0-9]{3,}");

  private static final Pattern NUMBER = Pattern.compile("[-+0-9.,eE \u00a0']+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int LONGEST_SHOWN = 100;

  private final MappingPlan plan;
  private final List<String> header;
  private final Map<String, String> shown;
  private final Resent.Mended mended;
  private final MappedRow own;
  private final List<String> cells;
  private final List<Problem> contradictions = new ArrayList<>();

  /// A value in the report's own columns.
  private record Reported(Field field, String column, String now) {}

  /// @param header the names of the file's columns
  /// @param shown what the report showed, by the fields' names
  TwofoldRow(
      MappingPlan plan, List<String> header, Map<String, String> shown, Resent.Mended mended) {
    this.plan = plan;
    this.header = header;
    this.shown = shown;
    this.mended = mended;
    this.own = plan.start().apply(mended.cells());
    this.cells = new ArrayList<>(mended.cells());
  }

  ReportEdits.Taken taken() {
    if (!saysNothing(mended.reported()) && own.skipped() == null) {
      put(reported(mended.reported()).stream().filter(this::counts).toList());
    }
    return new ReportEdits.Taken(cells, contradictions);
  }

  /// Whether the report's column says something that the file's does not; what contradicts it is
  /// noted.
  private boolean counts(Reported one) {
    String before = shown(one.field());
    @Nullable String ownNow = own.value(one.field());
    if (same(one.field(), one.now(), before)
        || agree(one.field(), one.now(), ownNow)
        || ErrorReport.isCut(one.now())) {
      return false;
    }
    if (same(one.field(), ownNow, before) || (ownNow != null && ErrorReport.isCut(ownNow))) {
      if (one.now().isBlank()) {
        contradict(
            one,
            "the report's column \"%s\" was emptied, but %s; empty both, or fill in both"
                .formatted(one.column(), standing(one.field())));
        return false;
      }
      if (!one.field().numeric() && rewritten(one.now(), before)) {
        contradict(one, changed(one));
        return false;
      }
      return true;
    }
    if (!one.now().isBlank() && !rewritten(one.now(), before)) {
      contradict(one, changed(one));
    }
    return false;
  }

  private String changed(Reported one) {
    return "the report's column \"%s\" was changed to \"%s\", but %s; write what is right into both"
        .formatted(one.column(), cut(one.now()), standing(one.field()));
  }

  /// Whether spreadsheets write a value so without being asked: `00123` as `123`, long numbers with
  /// an exponent.
  private static boolean rewritten(String now, String before) {
    return sameNumber(now, before)
        || (DecimalText.isScientific(plain(now)) && DIGITS.matcher(plain(before)).matches());
  }

  /// Puts what was mended in the report's columns into the file's, and looks whether it is read as
  /// it was meant.
  private void put(List<Reported> edits) {
    for (Reported edit : edits) {
      int column = target(edit.field());
      if (column >= 0 && column < cells.size()) {
        cells.set(column, written(edit));
      }
    }
    MappedRow read = plan.start().apply(cells);
    Set<Integer> back = new HashSet<>(disturbed(edits, read));
    for (Reported edit : edits) {
      if (!arrived(edit, read)) {
        back.add(target(edit.field()));
      }
    }
    for (Reported edit : edits) {
      int column = target(edit.field());
      if (back.contains(column)) {
        if (column >= 0 && column < cells.size()) {
          cells.set(column, mended.cells().get(column));
        }
        contradict(
            edit,
            "the report's column \"%s\" was changed to \"%s\", which cannot be taken over: %s"
                .formatted(edit.column(), cut(edit.now()), origin(edit.field())));
      }
    }
  }

  /// The column that gives a field's value: the first that says something.
  private int target(Field field) {
    return plan.columnsOf(field).stream()
        .filter(column -> column < mended.cells().size() && !mended.cells().get(column).isBlank())
        .findFirst()
        .orElse(plan.columnOf(field));
  }

  /// Columns of which the report shows another field, too, that nobody edited, and that would be
  /// changed with them.
  private Set<Integer> disturbed(List<Reported> edits, MappedRow read) {
    Set<Field> edited = edits.stream().map(Reported::field).collect(Collectors.toSet());
    return reported(mended.reported()).stream()
        .map(Reported::field)
        .filter(field -> !edited.contains(field) && own.value(field) != null)
        .filter(field -> !Objects.equals(read.value(field), own.value(field)))
        .flatMap(field -> plan.columnsOf(field).stream())
        .collect(Collectors.toSet());
  }

  private boolean arrived(Reported edit, MappedRow read) {
    int column = target(edit.field());
    if (plan.isOneColumn(edit.field())) {
      return column < cells.size() && cells.get(column).equals(written(edit));
    }
    @Nullable String value = read.value(edit.field());
    return value != null
        && (plain(value).equalsIgnoreCase(plain(edit.now()))
            || same(edit.field(), value, edit.now()));
  }

  /// The report shows numbers with a decimal point, whatever the file has.
  private String written(Reported edit) {
    return edit.field().numeric()
            && own.decimal() == DecimalStyle.COMMA
            && POINT.matcher(edit.now().strip()).matches()
        ? edit.now().strip().replace('.', ',')
        : edit.now();
  }

  private void contradict(Reported one, String message) {
    contradictions.add(
        new Problem(
            RuleCode.CONTRADICTING_EDITS.name(),
            one.field(),
            message,
            own.value(one.field()),
            null));
  }

  /// `the file's column "cost" says "11.00"`.
  private String standing(Field field) {
    List<Integer> columns = plan.columnsOf(field);
    return switch (columns.size()) {
      case 0 ->
          "the file has no column for it, and its mapping says \"%s\"".formatted(cut(shown(field)));
      case 1 -> "the file's column %s says %s".formatted(names(columns), values(columns));
      default -> "the file's columns %s say %s".formatted(names(columns), values(columns));
    };
  }

  private String names(List<Integer> columns) {
    return quoted(columns, column -> column < header.size() ? header.get(column) : "?");
  }

  private String values(List<Integer> columns) {
    return quoted(
        columns, column -> column < mended.cells().size() ? mended.cells().get(column) : "");
  }

  private static String quoted(List<Integer> columns, IntFunction<String> text) {
    return columns.stream()
        .map(column -> "\"" + cut(text.apply(column)) + "\"")
        .collect(Collectors.joining(" and "));
  }

  /// Where a field's value comes from, and what to do.
  private String origin(Field field) {
    List<Integer> columns = plan.columnsOf(field);
    return columns.isEmpty()
        ? "no column of the file gives %s; have the mapping changed, or put \"%s\" back"
            .formatted(field.column(), cut(shown(field)))
        : "%s is made otherwise: %s; change it there".formatted(field.column(), standing(field));
  }

  private String shown(Field field) {
    return shown.getOrDefault(field.column(), "");
  }

  private boolean same(Field field, @Nullable String one, @Nullable String other) {
    String first = plain(one);
    String second = plain(other);
    return first.equals(second)
        || (field.numeric()
            && !AMBIGUOUS.matcher(first).matches()
            && !AMBIGUOUS.matcher(second).matches()
            && readings(first)
                .anyMatch(
                    number -> readings(second).anyMatch(rival -> number.compareTo(rival) == 0)));
  }

  /// Whether both places say the same to every rule: cases of categories and signs of currencies do
  /// not count.
  private boolean agree(Field field, String one, @Nullable String other) {
    if (same(field, one, other)
        || (field == Field.CATEGORY && plain(one).equalsIgnoreCase(plain(other)))) {
      return true;
    }
    @Nullable String number = field.numeric() ? DecimalText.guess(plain(one)) : null;
    return number != null && same(field, number, other);
  }

  /// The numbers that somebody may have meant: as the report shows them, or as the file does.
  private Stream<BigDecimal> readings(String text) {
    return Stream.of(DecimalStyle.POINT, own.decimal())
        .map(style -> DecimalText.canonical(text, style))
        .filter(Objects::nonNull)
        .map(BigDecimal::new);
  }

  /// Whether two texts are one number: spreadsheets write `00123` as `123` without being asked.
  private static boolean sameNumber(String one, String other) {
    if (!NUMBER.matcher(plain(one)).matches() || !NUMBER.matcher(plain(other)).matches()) {
      return false;
    }
    @Nullable String first = DecimalText.guess(plain(one));
    @Nullable String second = DecimalText.guess(plain(other));
    return first != null
        && second != null
        && new BigDecimal(first).compareTo(new BigDecimal(second)) == 0;
  }

  /// A cell without what spreadsheets change by themselves.
  static String plain(@Nullable String cell) {
    return cell == null ? "" : cell.strip().replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String cut(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST_SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }

  /// Whether nothing stands in the report's own columns for values.
  static boolean saysNothing(Resent.Reported now) {
    return reported(now).stream().allMatch(one -> one.now().isBlank());
  }

  private static List<Reported> reported(Resent.Reported now) {
    return List.of(
        new Reported(Field.VENDOR_PRODUCT_ID, "Vendor Product ID", now.vendorProductId()),
        new Reported(Field.SKU, "SKU", now.sku()),
        new Reported(Field.PRODUCT_NAME, "Product Name", now.productName()),
        new Reported(Field.CATEGORY, "Category", now.category()),
        new Reported(Field.PRICE, "Price", now.price()),
        new Reported(Field.STOCK_QUANTITY, "Stock Quantity", now.stock()),
        new Reported(Field.BRAND, "Brand", now.brand()),
        new Reported(Field.DESCRIPTION, "Description", now.description()));
  }
}
