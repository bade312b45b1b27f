package dev.entrepot.app.doctor;

/// What a check found.
///
/// @param subject what was looked at, for example `Java`
/// @param message what it is, and when it is not right the next step
public record Finding(Verdict verdict, String subject, String message) {

  /// How bad it is.
  public enum Verdict {
    OK,
    /// It works, with a drawback.
    WARN,
    /// Entrepot will not work here until it is mended.
    FAIL
  }

  public static Finding ok(String subject, String message) {
    return new Finding(Verdict.OK, subject, message);
  }

  public static Finding warn(String subject, String message) {
    return new Finding(Verdict.WARN, subject, message);
  }

  public static Finding fail(String subject, String message) {
    return new Finding(Verdict.FAIL, subject, message);
  }
}
