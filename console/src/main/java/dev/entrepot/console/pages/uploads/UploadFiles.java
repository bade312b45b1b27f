package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Icon;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.List;

/// The files of an upload, which the API gives.
public final class UploadFiles {
  private UploadFiles() {}

  private static String root(Upload upload) {
    return "/api/v1/uploads/" + upload.id();
  }

  /// The rejected rows that are open, to be mended elsewhere; nothing when there are none.
  public static List<Action> errors(Upload upload) {
    if (upload.openErrors() == 0) {
      return List.of();
    }
    return List.of(
        Action.link("Error file (XLSX)", root(upload) + "/errors.xlsx").icon(Icon.DOWNLOAD),
        Action.link("Error file (CSV)", root(upload) + "/errors.csv").icon(Icon.DOWNLOAD));
  }

  /// The file as it came.
  static String original(Upload upload) {
    return root(upload) + "/file";
  }

  /// What happens to it, while it happens.
  static String events(Upload upload) {
    return root(upload) + "/events";
  }
}
