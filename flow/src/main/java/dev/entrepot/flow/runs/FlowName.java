package dev.entrepot.flow.runs;

/// Which flow a run is of.
///
/// @param tenant the client's id
/// @param flow such as `siesa-kong`
/// @param source the source's kind
/// @param destination the destination's kind
public record FlowName(String tenant, String flow, String source, String destination) {}
