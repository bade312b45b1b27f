package dev.entrepot.flow;

import dev.entrepot.flow.runs.OutstandingRecords;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.flow.watch.RunMetrics;

/// What others may use of flows. Safe for use by many threads.
///
/// @param config clients, their secrets, mappings, schedules, the workspace
/// @param runs asks for runs, and tells of them
/// @param records what became of a run's records, and what was said meanwhile
/// @param outstanding what was rejected and is not at the destination yet
/// @param metrics figures of this node's runs
public record Flows(
    FlowConfig config,
    Runs runs,
    RunRecords records,
    OutstandingRecords outstanding,
    RunMetrics metrics) {}
