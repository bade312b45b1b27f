package dev.entrepot.bench.load;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One measurement.
///
/// @param checks whether it applied the rules
/// @param seconds from the first byte read to the last row committed, as the program says; for one
///   that says nothing, the life of its process
/// @param processSeconds the life of the process
/// @param clientCpuSeconds processor time of the process
/// @param serverCpuSeconds processor time of the database server meanwhile
/// @param says what the program reported besides; null: nothing
record Measured(
    String contender,
    boolean checks,
    int round,
    double seconds,
    double processSeconds,
    double clientCpuSeconds,
    double serverCpuSeconds,
    @Nullable JsonNode says,
    TableState state) {}
