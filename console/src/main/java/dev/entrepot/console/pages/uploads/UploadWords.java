package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an upload's state and ways are written for people.
public final class UploadWords {
  private UploadWords() {}

  /// The state. Rows that wait for approval are checked, no more: that is said first.
  public static Badge state(Upload upload) {
    return waits(upload) ? Badge.of(Tone.WAIT, "Waits for approval") : badge(upload.state());
  }

  private static boolean waits(Upload upload) {
    return upload.books().pending() > 0
        && (upload.state() == Upload.State.COMPLETED || upload.state() == Upload.State.PARTIAL);
  }

  /// The badges that an upload has before its end, by the state's name in messages.
  static Map<String, Badge> unfinished() {
    return Stream.of(Upload.State.values())
        .filter(state -> !state.finished())
        .collect(
            Collectors.toMap(state -> state.name().toLowerCase(Locale.ROOT), UploadWords::badge));
  }

  private static Badge badge(Upload.State state) {
    return switch (state) {
      case RECEIVED -> Badge.of(Tone.WAIT, "Received");
      case PARSING -> Badge.of(Tone.BUSY, "Checking rows");
      case COMPLETED -> Badge.of(Tone.GOOD, "Completed");
      case PARTIAL -> Badge.of(Tone.WARN, "Partial");
      case FAILED -> Badge.of(Tone.BAD, "Failed");
    };
  }

  /// The name of a state in a list of choices.
  public static String name(Upload.State state) {
    return switch (state) {
      case RECEIVED -> "Received, not yet read";
      case PARSING -> "Being read";
      case COMPLETED -> "Completed";
      case PARTIAL -> "Partial";
      case FAILED -> "Failed";
    };
  }

  /// The way in.
  public static String source(Upload.Source source) {
    return switch (source) {
      case PORTAL -> "Portal";
      case API -> "API";
      case FOLDER -> "Watched folder";
      case CLI -> "Command line";
      case MENDED -> "Mended rows";
      case RERUN -> "Run again";
    };
  }

  /// The share of rows that were accepted, or a dash when none was judged. Of a file that was not
  /// read to its end no share is known: of so many rows that were read, so many were accepted. Nor
  /// is it while rows wait for approval.
  public static String acceptance(Upload upload) {
    long accepted = accepted(upload);
    if (brokenOff(upload)) {
      return Figures.count(accepted) + " of " + Figures.count(upload.books().received()) + " read";
    }
    long judged = accepted + upload.books().pending() + upload.books().rejected();
    return waits(upload)
        ? Figures.count(accepted) + " of " + Figures.count(judged) + " so far"
        : Figures.share(accepted, judged);
  }

  /// Whether the file failed as a whole after some of its rows were read.
  static boolean brokenOff(Upload upload) {
    return upload.state() == Upload.State.FAILED
        && upload.failure() != null
        && upload.books().received() > 0;
  }

  /// Rows that are in the catalogue.
  static long accepted(Upload upload) {
    return upload.books().written() + upload.books().unchanged();
  }
}
