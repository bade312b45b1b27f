package dev.entrepot.kit.remote;

/// Whom a client talks to, and as whom.
///
/// @param system its name for people, such as `Kong RFID`
/// @param mask hides the secrets of the credentials in all that is told and kept
public record RemoteParty(String system, RemoteAuth auth, SecretMask mask, StatusTable table) {
  public RemoteParty(String system, RemoteAuth auth, SecretMask mask) {
    this(system, auth, mask, StatusTable.USUAL);
  }
}
