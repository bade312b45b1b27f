package dev.entrepot.onboarding.reports;

import java.util.regex.Pattern;

/// Keeps cells of files from being run as formulas by a spreadsheet, in a way that can be taken
/// back exactly.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break, and is not a plain number,
/// gets an apostrophe in front. A cell that already is apostrophes before such a beginning gets one
/// more, so that [#remove] gives back what was there in every case.
final class FormulaGuard {
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+([.,]\\d+)?|[.,]\\d+)");
  private static final String TRIGGERS = "=+-@\t\r\n＝＋－＠";

  private FormulaGuard() {}

  /// The cell as it goes into a CSV file.
  static String add(String cell) {
    return triggersAfterApostrophes(cell) && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
  }

  /// The cell as it goes into a file whose cells are typed as text, so that nothing in it is run:
  /// only what [#remove] would take for a guarded cell is guarded.
  static String addWhereAmbiguous(String cell) {
    return cell.startsWith("'") && triggersAfterApostrophes(cell) ? "'" + cell : cell;
  }

  /// The cell as it was before [#add] or [#addWhereAmbiguous].
  static String remove(String cell) {
    return cell.startsWith("'") && triggersAfterApostrophes(cell) ? cell.substring(1) : cell;
  }

  private static boolean triggersAfterApostrophes(String cell) {
    int place = 0;
    while (place < cell.length() && cell.charAt(place) == '\'') {
      place++;
    }
    return place < cell.length() && TRIGGERS.indexOf(cell.charAt(place)) >= 0;
  }
}
