package dev.entrepot.onboarding.notices;

import dev.entrepot.onboarding.uploads.ApprovalTotals;
import java.util.ArrayList;
import java.util.List;

/// How mail speaks of rows that wait for approval and of what was decided on them.
final class ApprovalWords {
  private ApprovalWords() {}

  static String rows(long count) {
    return Display.count(count) + (count == 1 ? " row" : " rows");
  }

  static String waitFor(long count) {
    return rows(count) + (count == 1 ? " waits" : " wait") + " for approval";
  }

  /// Said when a file was read.
  static String waiting(long count) {
    return waitFor(count) + " before reaching the catalogue; you will be told what is decided.";
  }

  /// For a subject.
  static String brief(ApprovalTotals totals) {
    List<String> parts = new ArrayList<>();
    if (totals.approved() > 0) {
      parts.add(Display.count(totals.approved()) + " approved");
    }
    if (totals.declined() > 0) {
      parts.add(Display.count(totals.declined()) + " declined");
    }
    if (totals.refused() > 0) {
      parts.add(Display.count(totals.refused()) + " not applied");
    }
    return String.join(", ", parts);
  }

  static String sentence(ApprovalTotals totals) {
    if (totals.approved() == totals.decided() && totals.waiting() == 0) {
      return "Every row of your file that waited for approval was approved.";
    }
    List<String> parts = new ArrayList<>();
    if (totals.approved() > 0) {
      parts.add(rows(totals.approved()) + was(totals.approved()) + "approved");
    }
    if (totals.declined() > 0) {
      parts.add(rows(totals.declined()) + was(totals.declined()) + "declined");
    }
    if (totals.refused() > 0) {
      parts.add(
          rows(totals.refused())
              + " could not be applied any more, for a key was taken in the meantime");
    }
    String wait = totals.waiting() == 1 ? " waits" : " wait";
    return "Of the rows that waited for approval, "
        + String.join("; ", parts)
        + ". "
        + (totals.waiting() == 0
            ? "None waits any more."
            : rows(totals.waiting()) + wait + " still.");
  }

  private static String was(long count) {
    return count == 1 ? " was " : " were ";
  }
}
