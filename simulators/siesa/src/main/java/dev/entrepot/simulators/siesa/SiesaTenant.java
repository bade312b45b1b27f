package dev.entrepot.simulators.siesa;

/// Who may ask a simulated Siesa, and by which credentials.
///
/// @param name of the tenant
/// @param apiKey bearer token or `X-API-Key` of `rest`, `ConniKey` of `standard-query`
/// @param token `ConniToken` of `standard-query`
/// @param company `idCompania` of `standard-query`
public record SiesaTenant(String name, String apiKey, String token, String company) {

  /// With the token `<apiKey>-token`, and company 1.
  public SiesaTenant(String name, String apiKey) {
    this(name, apiKey, apiKey + "-token", "1");
  }
}
