package dev.entrepot.simulators.remote;

import tools.jackson.databind.node.ObjectNode;

/// A thing that a system holds.
///
/// @param version 1 when it is created; moves only when its contents really change
public record HeldThing(String tenant, String key, long version, ObjectNode contents) {}
