package dev.entrepot.simulators.siesa;

/// How a Siesa departs from what one would like. All are off unless set; they may be set while it
/// runs.
///
/// @param ghostEvery each row of so many is a ghost, all of its fields null; 0: none. Ghosts have
///   places in pages, and count in totals (contract).
/// @param ghostsAtEnd how many ghosts follow the last product
/// @param decimals how quantities are written
/// @param booleans how `f_activo` is written
/// @param repeatsFrom every page from this on is the same as it; 0: none
/// @param total whether `rest` says how many there are
/// @param cap how many rows a page has at most, whatever is asked for; `rest` leaves `limit` out
///   then; 0: as many as are asked for
public record Oddities(
    int ghostEvery,
    int ghostsAtEnd,
    Decimals decimals,
    Booleans booleans,
    int repeatsFrom,
    Total total,
    int cap) {

  /// How quantities are written.
  public enum Decimals {
    /// As a JSON number.
    NUMBER,
    /// As a text with a comma: `"12,50"`.
    COMMA,
    /// As a text with a point: `"12.50"`.
    POINT
  }

  /// How booleans are written.
  public enum Booleans {
    /// As JSON has it.
    PLAIN,
    /// In turn `true, 1, yes, si, s`, or `false, 0, no, n`, all as texts.
    MOTLEY
  }

  /// Whether it says how many there are.
  public enum Total {
    TOLD,
    LEFT_OUT
  }

  public Oddities {
    if (ghostEvery == 1 || ghostEvery < 0 || ghostsAtEnd < 0 || repeatsFrom < 0 || cap < 0) {
      throw new IllegalArgumentException(
          "ghosts are each second row at most, and pages are counted from 1");
    }
  }

  public static Oddities none() {
    return new Oddities(0, 0, Decimals.NUMBER, Booleans.PLAIN, 0, Total.TOLD, 0);
  }

  /// Ghosts, commas and motley booleans.
  public static Oddities usual() {
    return none().ghostEvery(17).decimals(Decimals.COMMA).booleans(Booleans.MOTLEY);
  }

  public Oddities ghostEvery(int rows) {
    return new Oddities(rows, ghostsAtEnd, decimals, booleans, repeatsFrom, total, cap);
  }

  public Oddities ghostsAtEnd(int rows) {
    return new Oddities(ghostEvery, rows, decimals, booleans, repeatsFrom, total, cap);
  }

  public Oddities decimals(Decimals other) {
    return new Oddities(ghostEvery, ghostsAtEnd, other, booleans, repeatsFrom, total, cap);
  }

  public Oddities booleans(Booleans other) {
    return new Oddities(ghostEvery, ghostsAtEnd, decimals, other, repeatsFrom, total, cap);
  }

  public Oddities repeatsFrom(int page) {
    return new Oddities(ghostEvery, ghostsAtEnd, decimals, booleans, page, total, cap);
  }

  public Oddities cap(int rows) {
    return new Oddities(ghostEvery, ghostsAtEnd, decimals, booleans, repeatsFrom, total, rows);
  }

  public Oddities total(Total other) {
    return new Oddities(ghostEvery, ghostsAtEnd, decimals, booleans, repeatsFrom, other, cap);
  }
}
