package dev.entrepot.bench.inbox;

/// One that takes part.
///
/// @param key short name, in results
/// @param title for people
record Contender(String key, String title, Receiver receiver) {
  static final String OURS = "entrepot";
  static final String RECEIVING = "entrepot-receiving";

  boolean ours() {
    return key.equals(OURS) || key.equals(RECEIVING);
  }
}
