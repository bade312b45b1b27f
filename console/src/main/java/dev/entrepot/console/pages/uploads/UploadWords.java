package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;

/// How an upload's state and ways are written for people.
public final class UploadWords {
  private UploadWords() {}

  /// The state.
  public static Badge state(Upload upload) {
    return switch (upload.state()) {
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

  /// The share of rows that were accepted, or a dash when none was judged.
  public static String acceptance(Upload upload) {
    long accepted =
        upload.books().written() + upload.books().unchanged() + upload.books().pending();
    return Figures.share(accepted, accepted + upload.books().rejected());
  }
}
