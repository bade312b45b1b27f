package dev.entrepot.console.api;

import dev.entrepot.onboarding.uploads.Upload;

/// Names and types of files that are saved.
final class Downloads {
  static final String CSV = "text/csv; charset=utf-8";
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  static final String JSONL = "application/jsonl";

  private Downloads() {}

  static String errors(Upload upload, String extension) {
    String name = upload.fileName();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + "-errors." + extension;
  }
}
