package dev.entrepot.bench.drain;

/// One that takes part.
///
/// @param key short name, in results
/// @param title for people
/// @param events how many it hands on in each round, those that are not counted left out
record Contender(String key, String title, long events) {
  static final String OURS = "entrepot";
}
