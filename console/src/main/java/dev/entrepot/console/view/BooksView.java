package dev.entrepot.console.view;

import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The books as the console draws them: one bar for everything received, divided by what became of
/// it.
public record BooksView(Books books) {
  private static final double WHOLE = 100;
  private static final List<Outcome> ORDER =
      List.of(
          Outcome.WRITTEN, Outcome.UNCHANGED, Outcome.REJECTED, Outcome.SKIPPED, Outcome.PENDING);

  /// One part of the bar.
  ///
  /// @param start where the part begins, as a percentage of the bar, for example `12.5%`
  /// @param width how wide it is, likewise
  public record Part(Outcome outcome, long count, String start, String width) {
    /// The part's name in the stylesheet, in scripts and in live messages, and for people.
    public String key() {
      return outcome.name().toLowerCase(Locale.ROOT);
    }
  }

  /// How many records are missing (positive) or too many (negative) in the sum of the outcomes.
  public long difference() {
    return books.received() - books.settled() - books.pending();
  }

  /// The parts from left to right.
  public List<Part> parts() {
    double whole = Math.max(1, Math.max(books.received(), books.settled() + books.pending()));
    List<Part> parts = new ArrayList<>();
    double start = 0;
    for (Outcome outcome : ORDER) {
      long count = count(outcome);
      double width = WHOLE * count / whole;
      parts.add(new Part(outcome, count, percent(start), percent(width)));
      start += width;
    }
    return List.copyOf(parts);
  }

  /// The books as one sentence, for those who do not see the bar.
  public String sentence() {
    StringBuilder sentence = new StringBuilder(Figures.count(books.received()) + " received");
    String separator = ": ";
    for (Part part : parts()) {
      sentence.append(separator).append(Figures.count(part.count())).append(' ').append(part.key());
      separator = ", ";
    }
    return sentence.append(". ").append(verdict()).append('.').toString();
  }

  /// Whether the books balance, in words.
  public String verdict() {
    long difference = difference();
    if (difference == 0) {
      return "Balanced";
    }
    return difference > 0
        ? "Not balanced: %s unaccounted for".formatted(Figures.count(difference))
        : "Not balanced: %s too many".formatted(Figures.count(-difference));
  }

  private long count(Outcome outcome) {
    return switch (outcome) {
      case WRITTEN -> books.written();
      case UNCHANGED -> books.unchanged();
      case REJECTED -> books.rejected();
      case SKIPPED -> books.skipped();
      case PENDING -> books.pending();
    };
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.3f%%", value);
  }
}
