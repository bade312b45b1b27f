package dev.entrepot.cli.terminal;

/// How a command ends, for scripts. The numbers are stable.
public enum ExitCode {
  /// Done; an upload was accepted whole.
  OK(0, "done; every row of an upload was accepted"),
  /// It could not be done, or a check found faults.
  FAILED(1, "it could not be done, or a check (audit, doctor) found faults"),
  /// The command line is wrong; nothing was tried.
  USAGE(2, "the command line is wrong; nothing was tried"),
  /// The upload, replay or run is done; some of its records were rejected.
  PARTIAL(3, "an upload, a replay or a run is done, and some of it was rejected"),
  /// The upload failed as a whole.
  UPLOAD_FAILED(4, "an upload failed as a whole: nothing of it was accepted"),
  /// No server answers, or it does not accept who we are.
  NO_ACCESS(5, "no server answers, or it does not accept the API key");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// The number the process ends with.
  public int code() {
    return code;
  }

  /// What it says, for the help.
  public String meaning() {
    return meaning;
  }

  /// The one a caller must hear of when several things were done.
  public ExitCode worse(ExitCode other) {
    return code >= other.code ? this : other;
  }
}
