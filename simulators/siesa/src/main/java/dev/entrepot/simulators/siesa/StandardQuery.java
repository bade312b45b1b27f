package dev.entrepot.simulators.siesa;

/// How the `standard-query` dialect answers.
public record StandardQuery(Envelope envelope, Failures failures) {

  /// Where the rows are.
  public enum Envelope {
    /// `{codigo, mensaje, detalle: {Table: […]}}`
    TABLE,
    /// `{Datos: […]}`
    DATOS
  }

  /// The status of an answer with a `codigo` other than 0 for a query that makes no sense.
  public enum Failures {
    OK_200,
    BAD_REQUEST_400
  }

  public static StandardQuery usual() {
    return new StandardQuery(Envelope.TABLE, Failures.OK_200);
  }
}
